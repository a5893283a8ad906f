import type { TransactionRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { cpId } from '../charge-point-id.ts';
import { moment, pageOf, pageQuery, timestamp } from './page.ts';

const END_INFERENCES = ['newer_start', 'reused_id', 'status_answer', 'silence', 'operator'] as const;
type EndInference = (typeof END_INFERENCES)[number];
type UnassignedReason = 'no_transaction_fits' | 'several_transactions_fit';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const transaction = z
  .object({
    cp_id: z.string(),
    transaction_id: z
      .string()
      .describe(
        "1.6: the gateway's number as text; 2.0.1: the station's id, with a suffix where the station had used it before. Unique with cp_id",
      ),
    station_transaction_id: z.string().describe('As the charge point says it'),
    revision: z.int().min(1).describe('Grows with each change of what events and session calls tell of it'),
    protocol: z.string(),
    state: z.enum(['active', 'ended']),
    evse_id: z.int(),
    connector_id: z.int(),
    id_token: z.string().nullable(),
    id_token_type: z.string().nullable(),
    id_token_status: z.string().nullable(),
    started_at: timestamp.nullable().describe('Null: its start was never seen'),
    ended_at: timestamp.nullable(),
    end_inferred: z
      .enum(END_INFERENCES)
      .nullable()
      .describe('Why it is taken for ended although the charge point told no end; null: the charge point told it'),
    meter_start_wh: z.number().nullable(),
    meter_stop_wh: z.number().nullable(),
    energy_wh: z.number().nullable(),
    energy_reason: z.string().nullable().describe('Why there is no energy, see docs/registers.md'),
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
    suspect_since: timestamp.nullable().describe('Since when something speaks against that it still runs'),
    suspect_reason: z.enum(['boot', 'available']).nullable(),
    unassigned_reason: z
      .enum(['no_transaction_fits', 'several_transactions_fit'])
      .nullable()
      .describe('Why this stop belongs to no transaction; null: it is no such stop'),
    assigned_to: z.string().nullable().describe('The transaction that this stop turned out to end'),
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
  id_token: z.string().min(1).max(255).optional().describe('In any letter case'),
  remote_start_id: z.coerce.number().int().optional(),
  reservation_id: z.coerce.number().int().optional(),
  suspect: flag.optional().describe('Running ones that a boot or a free connector speaks against, or the others'),
  unassigned: flag.optional().describe('Stops that belong to no transaction, or the others'),
  ...pageQuery({ preset: 50, max: 500 }),
});

export const endRequest = z
  .strictObject({
    ended_at: moment.optional().describe('Absent: when it was last heard of'),
    meter_stop_wh: z.number().min(0).optional().describe('Absent: its own last register'),
    reason: z.string().min(1).max(100).optional().describe('As stop_reason; EndLost when absent'),
  })
  .meta({ id: 'EndTransactionRequest' });

export const assignRequest = z
  .strictObject({ to: z.string().min(1).max(255).describe('transaction_id of the transaction that this stop ends') })
  .meta({ id: 'AssignTransactionRequest' });

export const transactionId = z.string().min(1).max(255).describe('As listed by GET /api/v1/transactions');

/** Which transaction a message is for, where no path says so. */
export const addressedTransaction = z.object({ cp_id: cpId, transaction_id: transactionId });

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
    station_transaction_id: record.stationTransactionId,
    revision: record.revision,
    started_at: record.startSeen ? record.startedAt.toISOString() : null,
    end_inferred: record.endInferred as EndInference | null,
    ended_at: record.endedAt?.toISOString() ?? null,
    meter_start_wh: record.meterStartWh,
    meter_stop_wh: record.meterStopWh,
    energy_wh: record.energyWh,
    energy_reason: record.energyReason,
    stop_reason: record.stopReason,
    charging_state: record.chargingState,
    remote_start_id: record.remoteStartId,
    reservation_id: record.reservationId,
    missing_seq_nos: record.missingSeqNos,
    gaps_final: record.gapsFinal,
    messages_in_queue: record.messagesInQueue,
    total_cost: record.totalCost,
    suspect_since: record.suspectSince?.toISOString() ?? null,
    suspect_reason: record.suspectReason as 'boot' | 'available' | null,
    unassigned_reason: record.unassignedReason as UnassignedReason | null,
    assigned_to: record.assignedTo,
    orphan: record.orphan,
    updated_at: record.updatedAt.toISOString(),
  };
}
