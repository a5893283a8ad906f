import { encodeEvent, makeEvent, type EnergyProgress, type MeterSample } from '@ocpp-gw/contracts';

/** What a three-phase charger reports each minute. */
const READINGS: readonly Pick<MeterSample, 'measurand' | 'phase' | 'unit'>[] = [
  { measurand: 'Energy.Active.Import.Register', phase: '', unit: 'Wh' },
  { measurand: 'Power.Active.Import', phase: '', unit: 'W' },
  { measurand: 'Current.Import', phase: 'L1', unit: 'A' },
  { measurand: 'Current.Import', phase: 'L2', unit: 'A' },
  { measurand: 'Current.Import', phase: 'L3', unit: 'A' },
  { measurand: 'Voltage', phase: 'L1-N', unit: 'V' },
  { measurand: 'SoC', phase: '', unit: 'Percent' },
];
export const SAMPLES_OF_EVENT = READINGS.length;
const EVENTS_OF_TRANSACTION = 60;
const WH_OF_MINUTE = 183;

/** The `n`th event of a charger, a minute after the one before. */
export function meterEvent(cpId: string, n: number, recordedAt: Date) {
  const samples = READINGS.map(({ measurand, phase, unit }, index): MeterSample => {
    const value = index === 0 ? 1_000_000 + n * WH_OF_MINUTE : Math.round((index * 1_000 + (n % 97)) * 10) / 10;
    return {
      sampledAt: recordedAt,
      sampledAtRaw: '',
      value,
      unit,
      rawValue: String(value),
      rawUnit: unit,
      measurand,
      phase,
      location: 'Outlet',
      context: 'Sample.Periodic',
      format: 'Raw',
      unitAssumed: false,
      signed: false,
    };
  });
  const transactionId = String(1 + Math.floor(n / EVENTS_OF_TRANSACTION));
  const value = { evseId: 1, connectorId: 1, transactionId, samples, energy: energyOf(n, recordedAt) };
  return makeEvent({
    cpId,
    protocol: 'ocpp1.6',
    pod: 'edge-0',
    occurredAt: recordedAt,
    recordedAt,
    payload: { $case: 'meterValuesReported', value },
  });
}

/** What ws-edge says of it: each minute is an interval. */
function energyOf(n: number, toAt: Date): EnergyProgress {
  const number = (n % EVENTS_OF_TRANSACTION) + 1;
  const ago = (minutes: number): Date => new Date(toAt.getTime() - minutes * 60_000);
  const [fromWh, toWh] = [(number - 1) * WH_OF_MINUTE, number * WH_OF_MINUTE];
  const interval = { number, fromAt: ago(1), fromWh, toAt, toWh, quality: [] };
  return { firstHeardAt: ago(number), number, energyWh: toWh, reachedAt: toAt, intervals: [interval] };
}

/** The message of Kafka that ws-edge would make of it. */
export function messageOf(event: ReturnType<typeof meterEvent>) {
  return { topic: event.type, key: event.cpId, value: encodeEvent(event) };
}
