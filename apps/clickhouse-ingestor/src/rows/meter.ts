import type { Event, MeterValuesReported } from '@ocpp-gw/contracts';
import { meterSampleRows } from './meter-sample.ts';
import type { Row } from './row.ts';

/** cp.meter → meter_samples. */
export function meterRows(event: Event, reported: MeterValuesReported): Row[] {
  return meterSampleRows(event, reported);
}
