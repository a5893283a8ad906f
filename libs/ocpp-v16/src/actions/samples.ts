import { type FieldRuleId, type Sample, clockIsAbsurd, normaliseSample, readChargerTime } from '@ocpp-gw/ocpp-j';
import type { MeterValuesRequest } from '#generated/messages.d.ts';

type MeterValue = MeterValuesRequest['meterValue'][number];

/** One sample a sampled value, each at the time of its group. */
export function samplesOf(meterValues: readonly MeterValue[], now: Date): Sample[] {
  return meterValues.flatMap(({ timestamp, sampledValue }) => {
    const { at } = readChargerTime(timestamp, now);
    return sampledValue.map((sampled) => normaliseSample({ ...sampled, at }));
  });
}

/** Which rules the readings of a message met. */
export function readingRules(
  meterValues: readonly MeterValue[],
  samples: readonly Sample[],
  now: Date,
): Partial<Record<FieldRuleId, boolean>> {
  return {
    'clock-absurd': meterValues.some(({ timestamp }) => clockIsAbsurd(timestamp, now)),
    // Signed data is no number by right.
    'reading-not-numeric': samples.some(({ value, format }) => value === undefined && format !== 'SignedData'),
  };
}
