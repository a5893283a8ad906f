import { EntitySchema } from 'typeorm';
import type { TransactionRow } from '../transaction-row.ts';

/** Columns that readers need; the merge's own bookkeeping stays in SQL (apps/ws-edge/src/effects/rows). */
export const transactionEntity = new EntitySchema<TransactionRow>({
  name: 'Transaction',
  tableName: 'transactions',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    cpId: { name: 'cp_id', type: 'text' },
    protocol: { type: 'text' },
    transactionId: { name: 'transaction_id', type: 'text' },
    state: { type: 'text' },
    startSeen: { name: 'start_seen', type: 'boolean' },
    evseId: { name: 'evse_id', type: 'integer' },
    connectorId: { name: 'connector_id', type: 'integer' },
    idToken: { name: 'id_token', type: 'text', nullable: true },
    idTokenType: { name: 'id_token_type', type: 'text', nullable: true },
    idTokenStatus: { name: 'id_token_status', type: 'text', nullable: true },
    startedAt: { name: 'started_at', type: 'timestamptz' },
    endedAt: { name: 'ended_at', type: 'timestamptz', nullable: true },
    meterStartWh: { name: 'meter_start_wh', type: 'double precision', nullable: true },
    meterStartSeq: { name: 'meter_start_seq', type: 'bigint', nullable: true },
    meterLastWh: { name: 'meter_last_wh', type: 'double precision', nullable: true },
    meterLastSeq: { name: 'meter_last_seq', type: 'bigint', nullable: true },
    stopReason: { name: 'stop_reason', type: 'text', nullable: true },
    chargingState: { name: 'charging_state', type: 'text', nullable: true },
    remoteStartId: { name: 'remote_start_id', type: 'integer', nullable: true },
    reservationId: { name: 'reservation_id', type: 'integer', nullable: true },
    seenSeqNos: { name: 'seen_seq_nos', type: 'int8multirange' },
    gapsFinal: { name: 'gaps_final', type: 'boolean' },
    messagesInQueue: { name: 'messages_in_queue', type: 'boolean', nullable: true },
    totalCost: { name: 'total_cost', type: 'double precision', nullable: true },
    updatedAt: { name: 'updated_at', type: 'timestamptz', updateDate: true },
  },
});
