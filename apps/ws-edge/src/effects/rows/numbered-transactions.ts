import type { TransactionEndedEffect, TransactionStartedEffect } from '@ocpp-gw/ocpp-j';
import { readTransaction, transactionColumns, type Sql, type TransactionRow } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { StaleFactsError } from '../errors.ts';
import { int32, optionalInt32, recordset } from '../wire-values.ts';
import { orphanId } from './orphan-id.ts';

/** 1.6: the gateway numbers transactions, and events carry no seqNo. */
export function isNumbered<E extends TransactionStartedEffect | TransactionEndedEffect>({ effect }: Entry<E>): boolean {
  return effect.seqNo === undefined;
}

type Answers = [Entry, Written][];

interface StartAnswer {
  position: number;
  inserted: boolean;
  repeated: boolean;
}

/**
 * The natural key decides (notes 2.10): the row of an earlier try makes this one a repetition; a row under the same key
 * with another number means that a concurrent start won.
 */
export async function writeNumberedStarts(
  sql: Sql,
  entries: readonly EntryOf<'transactionStarted'>[],
): Promise<Answers> {
  if (entries.length === 0) return [];
  const answers = await sql.query<StartAnswer>(
    `WITH start AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS start (
         position integer, cp_id text, protocol text, transaction_id text, evse_id integer, connector_id integer,
         id_token text, id_token_type text, id_token_status text, started_at timestamptz,
         meter_start_wh double precision, remote_start_id integer, reservation_id integer, start_connector_id numeric,
         start_id_tag text, start_timestamp text, start_meter numeric, start_key_lasts boolean)),
     inserted AS (
       INSERT INTO transactions
         (cp_id, protocol, transaction_id, state, start_seen, evse_id, connector_id, id_token, id_token_type,
          id_token_status, started_at, meter_start_wh, remote_start_id, reservation_id, start_connector_id,
          start_id_tag, start_timestamp, start_meter, start_key_lasts)
       SELECT cp_id, protocol, transaction_id, 'active', true, evse_id, connector_id, id_token, id_token_type,
          id_token_status, started_at, meter_start_wh, remote_start_id, reservation_id, start_connector_id,
          start_id_tag, start_timestamp, start_meter, start_key_lasts
       FROM start ORDER BY cp_id, transaction_id
       ON CONFLICT DO NOTHING
       RETURNING cp_id, transaction_id)
     SELECT start.position, inserted.transaction_id IS NOT NULL AS inserted,
            earlier.id IS NOT NULL AS repeated
     FROM start
     LEFT JOIN inserted USING (cp_id, transaction_id)
     LEFT JOIN transactions earlier ON earlier.cp_id = start.cp_id AND earlier.transaction_id = start.transaction_id
       AND earlier.start_seen
       AND (earlier.start_connector_id, lower(earlier.start_id_tag), earlier.start_timestamp, earlier.start_meter)
         IS NOT DISTINCT FROM
         (start.start_connector_id, lower(start.start_id_tag), start.start_timestamp, start.start_meter)`,
    [recordset(entries.map(startRow))],
  );
  return answers.map(({ position, inserted, repeated }) => {
    const entry = entries[position] as EntryOf<'transactionStarted'>;
    if (!inserted && !repeated) throw new StaleFactsError(entry.station.cpId, entry.effect.transactionId);
    return [entry, { fresh: inserted }];
  });
}

function startRow({ station, effect }: EntryOf<'transactionStarted'>, position: number): object {
  return {
    position,
    cp_id: station.cpId,
    protocol: station.protocol,
    transaction_id: effect.transactionId,
    evse_id: int32(effect.evseId),
    connector_id: int32(effect.connectorId),
    id_token: effect.idToken?.idToken,
    id_token_type: effect.idToken?.type,
    id_token_status: effect.idTokenStatus,
    started_at: effect.time.at,
    meter_start_wh: effect.meterStartWh,
    remote_start_id: optionalInt32(effect.remoteStartId),
    reservation_id: optionalInt32(effect.reservationId),
    start_connector_id: effect.naturalKey?.connectorId,
    start_id_tag: effect.naturalKey?.idTag,
    start_timestamp: effect.naturalKey?.timestamp,
    start_meter: effect.naturalKey?.meterStart,
    start_key_lasts: !effect.naturalKey?.clockUnset,
  };
}

/** Ends the running row; files an orphan where there is none; leaves an ended one as it is. */
export async function writeNumberedEnds(sql: Sql, entries: readonly EntryOf<'transactionEnded'>[]): Promise<Answers> {
  if (entries.length === 0) return [];
  const rows = await sql.query<TransactionRow & { position: number }>(
    `WITH stop AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS stop (
         position integer, cp_id text, protocol text, transaction_id text, evse_id integer, connector_id integer,
         id_token text, id_token_type text, id_token_status text, ended_at timestamptz,
         meter_stop_wh double precision, stop_reason text)),
     ended AS (
       INSERT INTO transactions
         (cp_id, protocol, transaction_id, state, start_seen, evse_id, connector_id, id_token, id_token_type,
          id_token_status, started_at, ended_at, meter_last_wh, stop_reason)
       SELECT cp_id, protocol, transaction_id, 'ended', false, evse_id, connector_id, id_token, id_token_type,
          id_token_status, ended_at, ended_at, meter_stop_wh, stop_reason
       FROM stop ORDER BY cp_id, transaction_id
       ON CONFLICT (cp_id, transaction_id) DO UPDATE SET
         state = 'ended', ended_at = excluded.ended_at, meter_last_wh = excluded.meter_last_wh,
         stop_reason = excluded.stop_reason, updated_at = now(),
         start_timestamp = CASE WHEN transactions.start_key_lasts THEN transactions.start_timestamp END
       WHERE transactions.state = 'active'
       RETURNING *)
     SELECT stop.position, ${transactionColumns('ended')}
     FROM ended JOIN stop USING (cp_id, transaction_id)`,
    [recordset(entries.map(endRow))],
  );
  const ended = new Map(rows.map((row) => [row.position, readTransaction(row)]));
  return entries.map((entry, position) => {
    const transaction = ended.get(position);
    return [entry, transaction ? { fresh: true, transaction } : { fresh: false }];
  });
}

function endRow({ station, effect }: EntryOf<'transactionEnded'>, position: number): object {
  return {
    position,
    cp_id: station.cpId,
    protocol: station.protocol,
    transaction_id: effect.orphan ? orphanId(effect) : effect.transactionId,
    evse_id: int32(effect.evseId),
    connector_id: int32(effect.connectorId),
    id_token: effect.idToken?.idToken,
    id_token_type: effect.idToken?.type,
    id_token_status: effect.idTokenStatus,
    ended_at: effect.time.at,
    meter_stop_wh: effect.meterStopWh,
    stop_reason: effect.reason,
  };
}
