import { type Sample, normaliseSample, readChargerTime } from '@ocpp-gw/ocpp-j';
import type { MeterValueType } from '#generated/messages.d.ts';

/** One sample a sampled value, each at the time of its group. */
export function samplesOf(meterValues: readonly MeterValueType[], now: Date): Sample[] {
  return meterValues.flatMap(({ timestamp, sampledValue }) => {
    const { at } = readChargerTime(timestamp, now);
    return sampledValue.map(({ value, measurand, phase, location, context, unitOfMeasure }) =>
      normaliseSample({
        at,
        value,
        measurand,
        phase,
        location,
        context,
        unit: unitOfMeasure?.unit,
        multiplier: unitOfMeasure?.multiplier,
      }),
    );
  });
}
