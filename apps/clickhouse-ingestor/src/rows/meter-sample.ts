import type { Event, MeterSample } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import { instant } from './instant.ts';
import type { Row } from './row.ts';

/** The place of the samples, which every message with samples has. */
export interface SamplePlace {
  evseId: number;
  connectorId: number;
  transactionId: string;
  samples: readonly MeterSample[];
}

/** Samples of any topic → meter_samples, one row a sampled value. */
export function meterSampleRows(event: Event, place: SamplePlace): Row[] {
  const { event_id, cp_id, protocol, occurred_at, recorded_at, pod } = envelope(event);
  return place.samples.map((sample, sampleNo) => ({
    table: 'meter_samples',
    columns: {
      event_id,
      sample_no: sampleNo,
      cp_id,
      protocol,
      event_type: event.type,
      evse_id: place.evseId,
      connector_id: place.connectorId,
      transaction_id: place.transactionId,
      sampled_at: sample.sampledAt ? instant(sample.sampledAt) : occurred_at,
      recorded_at,
      pod,
      measurand: sample.measurand,
      phase: sample.phase,
      location: sample.location,
      context: sample.context,
      format: sample.format,
      // No sum survives an infinity. It becomes NULL, and raw_value keeps what was sent.
      value: sample.value !== undefined && Number.isFinite(sample.value) ? sample.value : null,
      unit: sample.unit,
      raw_value: sample.rawValue,
      raw_unit: sample.rawUnit,
      unit_assumed: sample.unitAssumed,
      signed: sample.signed,
    },
  }));
}
