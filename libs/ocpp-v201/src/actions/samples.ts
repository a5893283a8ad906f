import { type Sample, momentOf, normaliseSample, readChargerTime } from '@ocpp-gw/ocpp-j';
import type { MeterValueType } from '#generated/messages.d.ts';
import { signedUnit } from './signed-unit.ts';

/** Makes one sample of each sampled value, at the time of its group, and a second one where there is signed data (J01). */
export function samplesOf(meterValues: readonly MeterValueType[], now: Date): Sample[] {
  return meterValues.flatMap(({ timestamp, sampledValue }) => {
    const moment = momentOf(readChargerTime(timestamp, now));
    return sampledValue.flatMap((sampled) => {
      const { value, measurand, phase, location, context, unitOfMeasure, signedMeterValue: signed } = sampled;
      const unit = unitOfMeasure?.unit ?? signedUnit(sampled);
      const multiplier = unitOfMeasure?.multiplier;
      const sample = { ...moment, value, measurand, phase, location, context, unit, multiplier };
      if (!signed) return [normaliseSample(sample)];
      const data = { ...sample, value: JSON.stringify(signed), format: 'SignedData' };
      return [normaliseSample({ ...sample, signed: true }), normaliseSample(data)];
    });
  });
}
