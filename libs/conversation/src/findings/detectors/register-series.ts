import { type Reading, type Sample, counted } from '@ocpp-gw/ocpp-j';
import type { Frame } from '../../overview/exchanges.ts';
import type { Readings, SeenTransaction } from '../../overview/transactions.ts';

/** A reading of a register, and the frame that it came in. */
export interface Point {
  reading: Reading;
  frame: Frame;
}

const IMPORT = 'Energy.Active.Import.Register';
/** The other measurands that only rise. */
const REGISTER = /^Energy\..+\.Register$/;
/** Where meterStart and meterStop of 1.6 are read. */
const OUTLET = 'Outlet';

/** All messages with readings of a transaction, in order of receipt. */
export function readingsOf({ start, readings, end }: SeenTransaction): Readings[] {
  return [
    ...(start ? [{ frame: start.frame, samples: start.effect.samples }] : []),
    ...readings,
    ...(end ? [{ frame: end.frame, samples: end.effect.samples }] : []),
  ];
}

/** The readings of each register of a transaction, in order of their time. */
export function seriesOf(transaction: SeenTransaction): Point[][] {
  const series = new Map<string, Point[]>();
  const add = (source: string, at: Date, wh: number | undefined, frame: Frame) => {
    if (wh === undefined) return;
    const points = series.get(source) ?? [];
    points.push({ reading: [at.getTime(), wh], frame });
    series.set(source, points);
  };
  const { start, end } = transaction;
  if (start) add(OUTLET, start.effect.time.at, start.effect.meterStartWh, start.frame);
  for (const { frame, samples } of readingsOf(transaction)) {
    for (const { sample, source, register } of counted(samples))
      if (register) add(source, sample.at, sample.value, frame);
    for (const sample of samples) if (isOther(sample)) add(sourceOf(sample), sample.at, sample.value, frame);
  }
  if (end) add(OUTLET, end.effect.time.at, end.effect.meterStopWh, end.frame);
  return [...series.values()].map((points) => points.toSorted((a, b) => a.reading[0] - b.reading[0]));
}

/** Whether a sample is of a register that only rises. */
export function isOfRegister({ measurand }: Sample): boolean {
  return REGISTER.test(measurand);
}

function isOther(sample: Sample): boolean {
  return isOfRegister(sample) && sample.measurand !== IMPORT && !sample.signed && (sample.value ?? -1) >= 0;
}

function sourceOf({ measurand, location = '', phase = '', unit }: Sample): string {
  return `${measurand} ${location} ${phase} ${unit}`;
}
