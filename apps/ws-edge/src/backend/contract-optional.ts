import { camelCase, renameKeys, type SettableChargingProfile } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { oneOf } from './contract.ts';
import { present } from './present.ts';

/* What only a backend that declares it is asked: docs/integration/backend.md. */

export interface CostData {
  transaction_id: string;
  /** The transaction has ended. */
  final: boolean;
  /** The latest register. */
  meter_wh: number | null;
  /** ISO 8601, by the charger's clock. */
  at: string;
}

export const costAnswer = z.object({ total_cost: z.number().nullish() });

export interface ChargingNeedsData {
  evse_id: number;
  /** The transaction that runs at the EVSE. */
  transaction_id: string | null;
  /** 2.0.1 ChargingNeedsType, as the charger sent it. */
  charging_needs: Record<string, unknown>;
  max_schedule_tuples: number | null;
}

const instant = z.iso.datetime({ offset: true });
const seconds = z.int().min(0).max(2_147_483_647);

const schedule = z.object({
  duration: seconds.nullish(),
  start_schedule: instant.nullish(),
  charging_rate_unit: z.enum(['A', 'W']),
  min_charging_rate: z.number().min(0).nullish(),
  periods: z
    .array(
      z.object({
        start_period: seconds,
        limit: z.number().min(0),
        number_phases: z.int().min(1).max(3).nullish(),
        phase_to_use: z.int().min(1).max(3).nullish(),
      }),
    )
    .min(1),
});

/** As in the command set-charging-profile; a profile for an EV's needs is one of its transaction (OCPP 2.0.1 K15). */
const txProfile = z
  .object({
    charging_profile_id: z.int().min(0).max(2_147_483_647),
    stack_level: z.int().min(0).max(2_147_483_647),
    purpose: z.literal('TxProfile').default('TxProfile'),
    kind: z.enum(['Absolute', 'Recurring', 'Relative']),
    recurrency_kind: z.enum(['Daily', 'Weekly']).nullish(),
    valid_from: instant.nullish(),
    valid_to: instant.nullish(),
    transaction_id: z.string().min(1).nullish(),
    schedule,
    alternatives: z.array(schedule).min(1).max(2).nullish(),
  })
  .transform((profile) => renameKeys(present(profile), camelCase) as SettableChargingProfile);

export const chargingNeedsAnswer = z.object({
  status: oneOf(['Accepted', 'Rejected', 'Processing']),
  charging_profile: txProfile.nullish(),
});

export interface EvCertificateData {
  iso15118_schema_version: string;
  action: 'Install' | 'Update';
  /** Base64, as the charger sent it. */
  exi_request: string;
}

/** Greatest number of characters in OCPP 2.0.1. */
const EXI_RESPONSE = 7500;

export const evCertificateAnswer = z.object({
  status: oneOf(['Accepted', 'Failed']),
  exi_response: z.base64().min(1).max(EXI_RESPONSE).nullish(),
});
