import type { Event, MeterSample } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import { instant } from './instant.ts';
import type { Columns, Row } from './row.ts';

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
      ...numbers(place),
      transaction_id: place.transactionId,
      sampled_at_raw: sample.sampledAtRaw,
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
      clock_skew_seconds: sample.clockSkewSeconds ?? null,
    },
  }));
}

/** Zero stands for the main meter of the station. Where it only means that no number was named, there is none. */
function numbers({ evseId, connectorId, transactionId }: SamplePlace): Pick<Columns, 'evse_id' | 'connector_id'> {
  const ofStation = evseId === 0 && transactionId === '';
  return {
    evse_id: ofStation ? 0 : evseId || null,
    connector_id: ofStation ? 0 : connectorId || null,
  };
}
