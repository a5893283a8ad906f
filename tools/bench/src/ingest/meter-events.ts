import { encodeEvent, makeEvent, type MeterSample } from '@ocpp-gw/contracts';

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

/** The `n`th event of a charger, a minute after the one before. */
export function meterEvent(cpId: string, n: number, recordedAt: Date) {
  const samples = READINGS.map(({ measurand, phase, unit }, index): MeterSample => {
    const value = index === 0 ? 1_000_000 + n * 183 : Math.round((index * 1_000 + (n % 97)) * 10) / 10;
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
  const value = { evseId: 1, connectorId: 1, transactionId: String(1 + Math.floor(n / 60)), samples };
  return makeEvent({
    cpId,
    protocol: 'ocpp1.6',
    pod: 'edge-0',
    occurredAt: recordedAt,
    recordedAt,
    payload: { $case: 'meterValuesReported', value },
  });
}

/** The message of Kafka that ws-edge would make of it. */
export function messageOf(event: ReturnType<typeof meterEvent>) {
  return { topic: event.type, key: event.cpId, value: encodeEvent(event) };
}
