import { z } from 'zod';
import { money } from '../money.ts';
import { text } from './fields.ts';

/** A session as it is known now. The call with the highest revision counts. */
export const sessionData = z.object({
  transaction_id: text,
  station_transaction_id: z.string().describe('The id as the charge point sends it'),
  revision: z.int().min(0),
  protocol: text,
  evse_id: z.int().min(0),
  connector_id: z.int().min(0).describe('For a charger of 1.6 the same number as evse_id'),
  id_token: z.string().nullable(),
  id_token_type: z.string().nullable().describe('null for a charger of 1.6, which has no types'),
  id_token_status: z
    .string()
    .nullable()
    .describe('Status in the answer to the charge point. A refused token still opens a session'),
  meter_start_wh: z.number().nullable(),
  started_at: z.iso.datetime().nullable().describe("By the charger's clock; null when the start was never seen"),
  remote_start_id: z.int().nullable(),
  reservation_id: z.int().nullable(),
});

export const sessionCloseData = sessionData.extend({
  meter_stop_wh: z.number().nullable(),
  energy_wh: z.number().nullable(),
  energy_reason: z.string().nullable().describe('Why there is no energy (docs/registers.md)'),
  total_cost: z
    .number()
    .nullish()
    .describe('Cost that was sent to the charge point; absent in calls of older releases'),
  cost: money.nullish().describe('The same with its currency; null if you named none'),
  ended_at: z.iso.datetime(),
  reason: z.string(),
  end_inferred: z.string().nullable().describe('Why the gateway concluded the end; null when the charge point sent it'),
  unassigned_reason: z
    .string()
    .nullable()
    .describe('Why this is an unassigned stop, which is no session; null otherwise'),
  assigned_to: z.string().nullable().describe('The transaction that the unassigned stop was assigned to later'),
});

export type SessionData = z.infer<typeof sessionData>;
export type SessionCloseData = z.infer<typeof sessionCloseData>;
