import { openEnum } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { withPeriod } from './filters.ts';
import { MEASURANDS, PHASES, SAMPLE_CONTEXTS, SAMPLE_LOCATIONS } from './known-values.ts';
import { moment, pageOf, pageQuery, protocol, timestamp } from './page.ts';

export const meterValue = z
  .object({
    sampled_at: timestamp.describe('When the value was measured, by the clock of the charge point'),
    recorded_at: timestamp.describe('When the gateway received it'),
    evse_id: z.int().min(0).describe('Number of the EVSE; 0 means the main meter of the charge point'),
    connector_id: z.int().min(0).describe('Number of the connector within its EVSE; 0 means the whole EVSE'),
    transaction_id: z
      .string()
      .nullable()
      .describe('Transaction that the value belongs to; null when it belongs to none'),
    measurand: openEnum(MEASURANDS).describe('OCPP measurand'),
    phase: openEnum(PHASES).nullable().describe('Phase of the measurement; null when none was given'),
    location: openEnum(SAMPLE_LOCATIONS)
      .nullable()
      .describe('Place of the measurement, such as Outlet or Inlet; null when none was given'),
    context: openEnum(SAMPLE_CONTEXTS)
      .nullable()
      .describe('Reason of the measurement, such as Sample.Periodic or Transaction.End; null when none was given'),
    format: z
      .string()
      .nullable()
      .describe('Format of raw_value in OCPP 1.6: Raw or SignedData; null when none was given'),
    value: z
      .number()
      .nullable()
      .describe('The value in `unit`; null when `raw_value` is not a number, such as signed data'),
    unit: z.string().describe('Unit of `value`: Wh, W, A, V, varh, var, VA, Hz, Celsius, Percent or another one'),
    raw_value: z.string().describe('The value as the charge point sent it'),
    raw_unit: z.string().nullable().describe('The unit as the charge point sent it; null when it sent none'),
    unit_assumed: z
      .boolean()
      .describe('Whether the charge point sent no unit, so that `unit` is the usual one of the measurand'),
    signed: z.boolean().describe('Whether the value is signed data, or a number that came with a signature'),
    protocol,
    event_id: z.string().describe('Id of the event on Kafka that holds the value (UUID)'),
    sample_no: z.int().describe('Position of the value within its event, counted from 0'),
  })
  .meta({ id: 'MeterValue' });

export const meterValuePage = pageOf(meterValue).meta({ id: 'MeterValuePage' });

export const meterValueQuery = withPeriod(
  z.strictObject({
    from: moment.optional().describe('Only values measured at this time or later'),
    to: moment.optional().describe('Only values measured before this time'),
    measurand: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Only values of this measurand')
      .meta({ examples: ['Energy.Active.Import.Register'] }),
    transaction_id: z.string().min(1).max(255).optional().describe('Only values of this transaction'),
    ...pageQuery({ preset: 200, max: 5000 }),
  }),
);
