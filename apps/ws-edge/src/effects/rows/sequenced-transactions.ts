import { energyRegisterWh } from '@ocpp-gw/ocpp-j';
import { readTransaction, transactionColumns, type Sql, type TransactionRow } from '@ocpp-gw/persistence';
import type { Entry, TransactionEffect, TransactionEntry, Written } from '../entry.ts';
import { int32, optionalInt32, recordset } from '../wire-values.ts';
import { contentHash } from './content-hash.ts';
import { MERGE } from './merge.ts';

const EVENT_TYPE = {
  transactionStarted: 'Started',
  transactionUpdated: 'Updated',
  transactionEnded: 'Ended',
} as const satisfies Record<TransactionEffect['kind'], string>;

/** 2.0.1: events carry a seqNo and arrive in any order, some twice. */
export function isSequenced(entry: Entry): entry is TransactionEntry {
  return entry.effect.kind in EVENT_TYPE && 'seqNo' in entry.effect && entry.effect.seqNo !== undefined;
}

/**
 * Records each event once, and merges it into its transaction (see {@link MERGE}). A repetition is found by seqNo and
 * content and changes nothing.
 */
export async function mergeSequenced(sql: Sql, entries: readonly TransactionEntry[]): Promise<[Entry, Written][]> {
  if (entries.length === 0) return [];
  const rows = await sql.query<TransactionRow & { position: number; endInferred: boolean }>(
    `WITH event AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS event (
         position integer, cp_id text, protocol text, transaction_id text, seq_no bigint, content_hash text,
         event_type text, at timestamptz, evse_id integer, connector_id integer, id_token text, id_token_type text,
         id_token_status text, first_wh double precision, last_wh double precision, stop_reason text,
         charging_state text, total_cost double precision, remote_start_id integer, reservation_id integer)),
     fresh AS (
       INSERT INTO transaction_events (cp_id, transaction_id, seq_no, content_hash, event_type)
       SELECT cp_id, transaction_id, seq_no, content_hash, event_type FROM event ORDER BY cp_id, transaction_id
       ON CONFLICT DO NOTHING
       RETURNING cp_id, transaction_id),
     merged AS (
       INSERT INTO transactions
         (cp_id, protocol, transaction_id, state, start_seen, evse_id, connector_id,
          id_token, id_token_type, id_token_status, id_token_seq, started_at, started_seq, ended_at, ended_seq,
          meter_start_wh, meter_start_seq, meter_last_wh, meter_last_seq, stop_reason,
          charging_state, charging_state_seq, total_cost, total_cost_seq, remote_start_id, reservation_id, seen_seq_nos,
          last_event_at)
       SELECT cp_id, protocol, transaction_id,
          CASE event_type WHEN 'Ended' THEN 'ended' ELSE 'active' END, event_type = 'Started', evse_id, connector_id,
          id_token, id_token_type, id_token_status, CASE WHEN id_token IS NOT NULL THEN seq_no END, at, seq_no,
          CASE event_type WHEN 'Ended' THEN at END, CASE event_type WHEN 'Ended' THEN seq_no END,
          first_wh, CASE WHEN first_wh IS NOT NULL THEN seq_no END,
          last_wh, CASE WHEN last_wh IS NOT NULL THEN seq_no END, stop_reason,
          charging_state, CASE WHEN charging_state IS NOT NULL THEN seq_no END,
          total_cost, CASE WHEN total_cost IS NOT NULL THEN seq_no END, remote_start_id, reservation_id,
          int8multirange(int8range(seq_no, seq_no, '[]')), at
       FROM event JOIN fresh USING (cp_id, transaction_id) ORDER BY cp_id, transaction_id
       ON CONFLICT (cp_id, transaction_id) DO UPDATE SET ${MERGE}
       RETURNING *)
     SELECT event.position, merged.end_inferred AS "endInferred", ${transactionColumns('merged')}
     FROM merged JOIN event USING (cp_id, transaction_id)`,
    [recordset(entries.map(eventRow))],
  );
  const merged = new Map(rows.map((row) => [row.position, row]));
  return entries.map((entry, position) => {
    const row = merged.get(position);
    if (!row) return [entry, { fresh: false }];
    const endTold = row.endInferred && entry.effect.kind === 'transactionEnded';
    return [entry, { fresh: true, transaction: readTransaction(row), ...(endTold ? { endTold } : {}) }];
  });
}

function eventRow(entry: TransactionEntry, position: number): object {
  const { station, effect } = entry;
  return {
    position,
    cp_id: station.cpId,
    protocol: station.protocol,
    transaction_id: effect.transactionId,
    seq_no: int32(effect.seqNo ?? 0),
    content_hash: contentHash(entry),
    event_type: EVENT_TYPE[effect.kind],
    at: effect.time.at,
    evse_id: int32(effect.evseId),
    connector_id: int32(effect.connectorId),
    id_token: effect.idToken?.idToken,
    id_token_type: effect.idToken?.type,
    id_token_status: effect.idTokenStatus,
    ...registers(effect),
    stop_reason: effect.kind === 'transactionEnded' ? effect.reason : undefined,
    charging_state: effect.chargingState,
    total_cost: effect.totalCost,
    remote_start_id: optionalInt32(effect.remoteStartId),
    reservation_id: optionalInt32(effect.reservationId),
  };
}

/** The event's own earliest and latest reading of the energy register. */
function registers(effect: TransactionEffect): { first_wh?: number; last_wh?: number } {
  const start = effect.kind === 'transactionStarted' ? effect.meterStartWh : undefined;
  const stop = effect.kind === 'transactionEnded' ? effect.meterStopWh : undefined;
  const first = start ?? energyRegisterWh(effect.samples, 'first') ?? stop;
  const last = stop ?? energyRegisterWh(effect.samples, 'last') ?? start;
  return { ...(first === undefined ? {} : { first_wh: first }), ...(last === undefined ? {} : { last_wh: last }) };
}
