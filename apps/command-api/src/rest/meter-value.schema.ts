import { z } from 'zod';
import type { MeterValue } from '@ocpp-gw/clickhouse';
import { moment, pageOf, pageQuery, timestamp } from './page.ts';

export const meterValue = z
  .object({
    sampled_at: timestamp.describe('By the clock of the charge point'),
    recorded_at: timestamp,
    evse_id: z.int().describe('0 is the main meter'),
    connector_id: z.int(),
    transaction_id: z.string().nullable(),
    measurand: z.string(),
    phase: z.string().nullable(),
    location: z.string().nullable(),
    context: z.string().nullable(),
    format: z.string().nullable(),
    value: z.number().nullable().describe('In unit; null when raw_value is no number, such as signed data'),
    unit: z.string().describe('Normalised: Wh, W, A, V, varh, var, VA, Hz, Celsius, Percent ...'),
    raw_value: z.string().describe('As sent'),
    raw_unit: z.string().nullable().describe('As sent; null when none was'),
    unit_assumed: z.boolean().describe("The charge point named no unit: unit is the measurand's own"),
    signed: z.boolean().describe('Signed data, or a number that came with its signature'),
    protocol: z.string(),
    event_id: z.string(),
    sample_no: z.int(),
  })
  .meta({ id: 'MeterValue' });

export const meterValuePage = pageOf(meterValue).meta({ id: 'MeterValuePage' });

export const meterValueQuery = z.strictObject({
  from: moment.optional().describe('Sampled at or after'),
  to: moment.optional().describe('Sampled before'),
  measurand: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ examples: ['Energy.Active.Import.Register'] }),
  transaction_id: z.string().min(1).max(255).optional(),
  ...pageQuery({ preset: 200, max: 5000 }),
});

export function renderMeterValue(value: MeterValue): z.infer<typeof meterValue> {
  return {
    sampled_at: value.sampledAt.toISOString(),
    recorded_at: value.recordedAt.toISOString(),
    evse_id: value.evseId,
    connector_id: value.connectorId,
    transaction_id: value.transactionId,
    measurand: value.measurand,
    phase: value.phase,
    location: value.location,
    context: value.context,
    format: value.format,
    value: value.value,
    unit: value.unit,
    raw_value: value.rawValue,
    raw_unit: value.rawUnit,
    unit_assumed: value.unitAssumed,
    signed: value.signed,
    protocol: value.protocol,
    event_id: value.eventId,
    sample_no: value.sampleNo,
  };
}
