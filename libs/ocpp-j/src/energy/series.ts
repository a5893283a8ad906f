import { counted, type CountedSample } from '../registers/index.ts';
import type { Sample } from '../effects.ts';
import type { EnergyPoint } from './curve.ts';

/** The energy that a bill ends with, Wh, and the register that it begins with; null for one that adds up intervals. */
export interface Billed {
  energyWh: number;
  meterStartWh: number | null;
  source: string;
}

/** The points that one message holds of the register that is billed, in no order; nothing where it holds one time only. */
export function wayOf(samples: readonly Sample[], { energyWh, meterStartWh, source }: Billed): EnergyPoint[] {
  const [first] = samples;
  if (!first || samples.every(({ at }) => at.getTime() === first.at.getTime())) return [];
  const [location = '', phases] = /^(.*?)(?: (L[123](?:\+L[123])*))?$/.exec(source)?.slice(1) ?? [];
  const readings = counted(samples);
  if (meterStartWh === null) return byIntervals(readings, energyWh);
  const registers = readings.filter(({ register }) => register);
  const points = phases
    ? ofPhases(
        registers,
        phases.split('+').map((phase) => `${location} ${phase}`),
      )
    : registers.filter((each) => each.source === source).map(pointOf);
  return points.map(([at, wh]) => [at, wh - meterStartWh]);
}

function pointOf({ sample }: CountedSample): EnergyPoint {
  return [sample.at.getTime(), sample.value ?? 0];
}

/** The sums of those moments for which every phase was read. */
function ofPhases(registers: readonly CountedSample[], sources: readonly string[]): EnergyPoint[] {
  const moments = Map.groupBy(registers, ({ sample }) => sample.at.getTime());
  return [...moments].flatMap(([at, readings]): EnergyPoint[] => {
    const each = sources.map((source) => readings.find((reading) => reading.source === source)?.sample.value);
    return each.includes(undefined) ? [] : [[at, each.reduce<number>((sum, wh) => sum + (wh ?? 0), 0)]];
  });
}

/** Backwards from the energy at the end, because the message may hold the latest intervals only. */
function byIntervals(readings: readonly CountedSample[], energyWh: number): EnergyPoint[] {
  const intervals = readings
    .filter(({ register }) => !register)
    .toSorted((one, other) => other.sample.at.getTime() - one.sample.at.getTime());
  let wh = energyWh;
  return intervals.map(({ sample }) => {
    const point: EnergyPoint = [sample.at.getTime(), wh];
    wh -= sample.value ?? 0;
    return point;
  });
}
