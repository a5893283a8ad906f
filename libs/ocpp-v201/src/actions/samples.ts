import { type Sample, normaliseSample, readChargerTime } from '@ocpp-gw/ocpp-j';
import type { MeterValueType } from '#generated/messages.d.ts';

/** One sample a sampled value, each at the time of its group; beside what is signed, a second one with the signed data (J01). */
export function samplesOf(meterValues: readonly MeterValueType[], now: Date): Sample[] {
  return meterValues.flatMap(({ timestamp, sampledValue }) => {
    const { at } = readChargerTime(timestamp, now);
    return sampledValue.flatMap(
      ({ value, measurand, phase, location, context, unitOfMeasure, signedMeterValue: signed }) => {
        const { unit, multiplier } = unitOfMeasure ?? {};
        const sample = { at, value, measurand, phase, location, context, unit, multiplier };
        return [
          normaliseSample(sample),
          ...(signed ? [normaliseSample({ ...sample, value: JSON.stringify(signed), format: 'SignedData' })] : []),
        ];
      },
    );
  });
}
