import type { Sql } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, StationChange, Written } from '../entry.ts';
import { int32, recordset } from '../wire-values.ts';

/** ReserveNow under an id that the station holds replaces that reservation (1.6 section 5.13). */
export async function writeReservations(sql: Sql, entries: readonly EntryOf<'reservationMade'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO reservations
       (cp_id, reservation_id, evse_id, connector_type, id_token, group_id_token, expires_at, state)
     SELECT cp_id, reservation_id, evse_id, connector_type, id_token, group_id_token, expires_at, 'active'
     FROM jsonb_to_recordset($1::jsonb) AS made (
       cp_id text, reservation_id integer, evse_id integer, connector_type text, id_token text, group_id_token text,
       expires_at timestamptz)
     ORDER BY cp_id, reservation_id
     ON CONFLICT (cp_id, reservation_id) DO UPDATE SET
       evse_id = excluded.evse_id, connector_type = excluded.connector_type, id_token = excluded.id_token,
       group_id_token = excluded.group_id_token, expires_at = excluded.expires_at, state = 'active',
       transaction_id = NULL, updated_at = now()`,
    [
      recordset(
        entries.map(({ station, effect }) => ({
          cp_id: station.cpId,
          reservation_id: int32(effect.reservationId),
          evse_id: int32(effect.evseId),
          connector_type: effect.connectorType,
          id_token: effect.idToken,
          group_id_token: effect.groupIdToken,
          expires_at: effect.expiresAt,
        })),
      ),
    ],
  );
}

export async function cancelReservations(sql: Sql, entries: readonly EntryOf<'reservationCancelled'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `UPDATE reservations SET state = 'cancelled', updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS cancelled (cp_id text, reservation_id integer)
     WHERE reservations.cp_id = cancelled.cp_id AND reservations.reservation_id = cancelled.reservation_id
       AND reservations.state = 'active'`,
    [
      recordset(
        entries.map(({ station, effect }) => ({
          cp_id: station.cpId,
          reservation_id: int32(effect.reservationId),
        })),
      ),
    ],
  );
}

/**
 * The station gave it up by itself (OCPP 2.0.1 H03, H04). The message carries no time, so a repetition is known by the row; one
 * of a reservation that nobody here made has no row, and is told each time.
 */
export async function endReservations(
  sql: Sql,
  entries: readonly EntryOf<'reservationEnded'>[],
): Promise<[Entry, Written][]> {
  if (entries.length === 0) return [];
  const repeated = await sql.query<{ position: number }>(
    `WITH ended AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS ended (position integer, cp_id text, reservation_id integer)),
     given_up AS (
       UPDATE reservations SET state = 'ended_by_station', updated_at = now()
       FROM ended
       WHERE (reservations.cp_id, reservations.reservation_id) = (ended.cp_id, ended.reservation_id)
         AND reservations.state = 'active')
     SELECT position FROM ended JOIN reservations earlier USING (cp_id, reservation_id)
     WHERE earlier.state = 'ended_by_station'`,
    [
      recordset(
        entries.map(({ station, effect }, position) => ({
          position,
          cp_id: station.cpId,
          reservation_id: int32(effect.reservationId),
        })),
      ),
    ],
  );
  const known = new Set(repeated.map(({ position }) => position));
  return entries.map((entry, position) => [entry, { fresh: !known.has(position) }]);
}

/** The station says which reservation its transaction used, whatever was known of that before. */
export async function useReservations(sql: Sql, changes: readonly StationChange[]): Promise<void> {
  const used = changes.filter(({ before, after }) => after.reservationId !== (before?.reservationId ?? null));
  if (used.length === 0) return;
  await sql.query(
    `UPDATE reservations SET state = 'used', transaction_id = used.transaction_id, updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS used (cp_id text, reservation_id integer, transaction_id text)
     WHERE reservations.cp_id = used.cp_id AND reservations.reservation_id = used.reservation_id
       AND reservations.state <> 'used'`,
    [
      recordset(
        used.map(({ cpId, after }) => ({
          cp_id: cpId,
          reservation_id: after.reservationId,
          transaction_id: after.transactionId,
        })),
      ),
    ],
  );
}
