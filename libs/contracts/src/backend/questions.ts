import { z } from 'zod';
import { money } from '../money.ts';
import { instant, int32, language, oneOf, text } from './fields.ts';

/* What the charge point waits for: docs/integration/backend.md. */

export const registerData = z.object({
  protocol: text.describe('ocpp1.6 or ocpp2.0.1'),
  vendor: z.string(),
  model: z.string(),
  serial_number: z.string().optional(),
  firmware_version: z.string().optional(),
  reason: z.string().optional().describe('2.0.1 BootReason'),
});

export const registerAnswer = z.object({
  status: oneOf(['Accepted', 'Pending', 'Rejected']),
  heartbeat_interval_s: int32.nullish(),
});

export const authorizeData = z.object({
  id_token: text,
  id_token_type: text.optional().describe('2.0.1 IdTokenEnumType; absent for a charger of 1.6, which has no types'),
});

const AUTHORIZATION_STATUSES = [
  'Accepted',
  'Blocked',
  'ConcurrentTx',
  'Expired',
  'Invalid',
  'NoCredit',
  'NotAllowedTypeEVSE',
  'NotAtThisLocation',
  'NotAtThisTime',
  'Unknown',
] as const;

export const authorizeAnswer = z.object({
  status: oneOf(AUTHORIZATION_STATUSES),
  expires_at: instant.nullish(),
  ttl_s: z
    .int()
    .min(0)
    .max(31_536_000)
    .nullish()
    .describe('For how long the gateway may remember this answer, seconds; 0: not at all'),
  group_id_token: z.object({ id_token: text, type: text.nullish() }).nullish(),
  charging_priority: z.int().min(-9).max(9).nullish(),
  evse_ids: z.array(z.int().positive()).min(1).nullish(),
  language,
  personal_message: z
    .object({ format: oneOf(['ASCII', 'HTML', 'URI', 'UTF8']), language, content: z.string().max(512) })
    .nullish(),
});

export const dataTransferData = z.object({
  vendor_id: z.string(),
  message_id: z.string().optional(),
  data: z.string().optional(),
});

export const dataTransferAnswer = z.object({
  status: oneOf(['Accepted', 'Rejected']),
  data: z.string().nullish(),
});

export const costData = z.object({
  transaction_id: text,
  final: z.boolean().describe('The transaction has ended'),
  started_at: z.iso.datetime().nullable().describe("When it began, by the charger's clock"),
  meter_start_wh: z.number().nullable().describe('Register at the start'),
  meter_wh: z.number().nullable().describe('Latest register; it counts over all sessions'),
  energy_wh: z.number().nullable().describe('Energy since the start: what a price is made of'),
  at: z.iso.datetime().describe("When the energy was measured, by the charger's clock"),
});

export const costAnswer = z.object({
  cost: money.nullish().describe('Cost including taxes; null or absent when there is no price'),
  total_cost: z
    .number()
    .nullish()
    .describe(
      'The same as a number; `cost` counts if they differ. Without `cost` it is in the currency of the charger',
    ),
});

export const chargingNeedsData = z.object({
  evse_id: z.int().min(0),
  transaction_id: text.nullable().describe('The transaction that runs at the EVSE'),
  charging_needs: z.record(z.string(), z.unknown()).describe('2.0.1 ChargingNeedsType, as the charger sent it'),
  max_schedule_tuples: z.int().nullable(),
});

const schedule = z.object({
  duration: int32.nullish(),
  start_schedule: instant.nullish(),
  charging_rate_unit: z.enum(['A', 'W']),
  min_charging_rate: z.number().min(0).nullish(),
  periods: z
    .array(
      z.object({
        start_period: int32,
        limit: z.number().min(0),
        number_phases: z.int().min(1).max(3).nullish(),
        phase_to_use: z.int().min(1).max(3).nullish(),
      }),
    )
    .min(1),
});

/** As in the command set-charging-profile; a profile for an EV's needs is one of its transaction (OCPP 2.0.1 K15). */
const txProfile = z.object({
  charging_profile_id: int32,
  stack_level: int32,
  purpose: z.literal('TxProfile').default('TxProfile'),
  kind: z.enum(['Absolute', 'Recurring', 'Relative']),
  recurrency_kind: z.enum(['Daily', 'Weekly']).nullish(),
  valid_from: instant.nullish(),
  valid_to: instant.nullish(),
  transaction_id: text.nullish(),
  schedule,
  alternatives: z.array(schedule).min(1).max(2).nullish(),
});

export const chargingNeedsAnswer = z.object({
  status: oneOf(['Accepted', 'Rejected', 'Processing']),
  charging_profile: txProfile.nullish(),
});

/** Greatest number of characters in OCPP 2.0.1. */
const EXI_RESPONSE = 7500;

export const evCertificateData = z.object({
  iso15118_schema_version: z.string(),
  action: z.enum(['Install', 'Update']),
  exi_request: z.string().describe('Base64, as the charger sent it'),
});

export const evCertificateAnswer = z.object({
  status: oneOf(['Accepted', 'Failed']),
  exi_response: z.base64().min(1).max(EXI_RESPONSE).nullish(),
});
