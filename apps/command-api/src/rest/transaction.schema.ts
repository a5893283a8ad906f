import type { TransactionRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { cpId } from '../charge-point-id.ts';
import { moment, pageOf, pageQuery, timestamp } from './page.ts';

export const transaction = z
  .object({
    cp_id: z.string(),
    transaction_id: z
      .string()
      .describe("1.6: the gateway's number as text; 2.0.1: the station's id. Unique with cp_id"),
    protocol: z.string(),
    state: z.enum(['active', 'ended']),
    evse_id: z.int(),
    connector_id: z.int(),
    id_token: z.string().nullable(),
    id_token_type: z.string().nullable(),
    id_token_status: z.string().nullable(),
    started_at: timestamp,
    ended_at: timestamp.nullable(),
    meter_start_wh: z.number().nullable(),
    meter_stop_wh: z.number().nullable(),
    energy_wh: z.number().nullable(),
    stop_reason: z.string().nullable(),
    charging_state: z.string().nullable(),
    remote_start_id: z.int().nullable(),
    reservation_id: z.int().nullable(),
    missing_seq_nos: z.array(z.int()).describe('2.0.1 sequence numbers not seen below the highest seen'),
    gaps_final: z.boolean().describe('Nothing of what is missing will ever come'),
    messages_in_queue: z
      .boolean()
      .nullable()
      .describe(
        'Whether the charge point still holds messages of it; null: it was not asked (2.0.1 get-transaction-status)',
      ),
    total_cost: z.number().nullable().describe('As told to the charge point, in its currency (2.0.1)'),
    orphan: z.boolean().describe('Ended here without ever having been seen to start'),
    updated_at: timestamp,
  })
  .meta({ id: 'Transaction' });

export const transactionPage = pageOf(transaction).meta({ id: 'TransactionPage' });

export const transactionQuery = z.strictObject({
  cp_id: cpId.optional(),
  state: z.enum(['active', 'ended']).optional(),
  from: moment.optional().describe('Started at or after'),
  to: moment.optional().describe('Started before'),
  ...pageQuery({ preset: 50, max: 500 }),
});

export const transactionId = z.string().min(1).max(255).describe('As listed by GET /api/v1/transactions');

export function renderTransaction(record: TransactionRecord): z.infer<typeof transaction> {
  return {
    cp_id: record.cpId,
    transaction_id: record.transactionId,
    protocol: record.protocol,
    state: record.state,
    evse_id: record.evseId,
    connector_id: record.connectorId,
    id_token: record.idToken,
    id_token_type: record.idTokenType,
    id_token_status: record.idTokenStatus,
    started_at: record.startedAt.toISOString(),
    ended_at: record.endedAt?.toISOString() ?? null,
    meter_start_wh: record.meterStartWh,
    meter_stop_wh: record.meterStopWh,
    energy_wh: record.energyWh,
    stop_reason: record.stopReason,
    charging_state: record.chargingState,
    remote_start_id: record.remoteStartId,
    reservation_id: record.reservationId,
    missing_seq_nos: record.missingSeqNos,
    gaps_final: record.gapsFinal,
    messages_in_queue: record.messagesInQueue,
    total_cost: record.totalCost,
    orphan: record.orphan,
    updated_at: record.updatedAt.toISOString(),
  };
}
