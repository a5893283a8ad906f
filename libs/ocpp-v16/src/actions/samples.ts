import { type Sample, momentOf, normaliseSample, readChargerTime } from '@ocpp-gw/ocpp-j';
import type { MeterValuesRequest } from '#generated/messages.d.ts';

type MeterValue = MeterValuesRequest['meterValue'][number];

/** Makes one sample of each sampled value, at the time of its group. */
export function samplesOf(meterValues: readonly MeterValue[], now: Date): Sample[] {
  return meterValues.flatMap(({ timestamp, sampledValue }) => {
    const moment = momentOf(readChargerTime(timestamp, now));
    return sampledValue.map((sampled) => normaliseSample({ ...sampled, ...moment }));
  });
}
