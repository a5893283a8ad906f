import type { Sql } from '@ocpp-gw/persistence';
import type { EntryOf } from '../entry.ts';
import { int32, recordset } from '../wire-values.ts';

/** SetDisplayMessage replaces the message of its id (OCPP 2.0.1 O06); of two under one id the later holds. */
export async function writeDisplayMessages(
  sql: Sql,
  entries: readonly EntryOf<'displayMessagesTold'>[],
): Promise<void> {
  const messages = entries.flatMap(({ station, effect, now }) =>
    effect.messages.map((message) => ({
      cp_id: station.cpId,
      message_id: int32(message.id),
      message,
      seen_at: now,
    })),
  );
  if (messages.length === 0) return;
  await sql.query(
    `INSERT INTO display_messages (cp_id, message_id, message, seen_at)
     SELECT DISTINCT ON (cp_id, message_id) cp_id, message_id, message, seen_at
     FROM (SELECT row_number() OVER () AS position, * FROM jsonb_to_recordset($1::jsonb) AS one (
       cp_id text, message_id integer, message jsonb, seen_at timestamptz)) told
     ORDER BY cp_id, message_id, position DESC
     ON CONFLICT (cp_id, message_id) DO UPDATE SET message = excluded.message, seen_at = excluded.seen_at`,
    [recordset(messages)],
  );
}

export async function clearDisplayMessages(
  sql: Sql,
  entries: readonly EntryOf<'displayMessageCleared'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `DELETE FROM display_messages known
     USING jsonb_to_recordset($1::jsonb) AS cleared (cp_id text, message_id integer)
     WHERE (known.cp_id, known.message_id) = (cleared.cp_id, cleared.message_id)`,
    [recordset(entries.map(({ station, effect }) => ({ cp_id: station.cpId, message_id: int32(effect.id) })))],
  );
}
