import type { Sql } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { optionalInt32, recordset } from '../wire-values.ts';
import { freshAt } from './fresh-at.ts';

/** A row for each upload asked for; a notification that overtook its request has made that row already. */
export async function writeLogRequests(sql: Sql, entries: readonly EntryOf<'logRequested'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO log_uploads (cp_id, log_type, request_id, location, oldest, latest, file_name, requested_at)
     SELECT cp_id, log_type, request_id, location, oldest, latest, file_name, requested_at
     FROM jsonb_to_recordset($1::jsonb) AS request (
       cp_id text, log_type text, request_id integer, location text, oldest timestamptz, latest timestamptz,
       file_name text, requested_at timestamptz)
     ORDER BY cp_id
     ON CONFLICT (cp_id, request_id) WHERE request_id IS NOT NULL DO UPDATE SET
       log_type = excluded.log_type, location = excluded.location, oldest = excluded.oldest,
       latest = excluded.latest, file_name = excluded.file_name, requested_at = excluded.requested_at`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          log_type: effect.logType,
          request_id: optionalInt32(effect.requestId),
          location: effect.location,
          oldest: effect.oldest,
          latest: effect.latest,
          file_name: effect.fileName,
          requested_at: now,
        })),
      ),
    ],
  );
}

/** As with firmware: to the upload of its request id, else to the latest of its kind, else to a row of its own. */
export async function writeLogStatuses(
  sql: Sql,
  entries: readonly EntryOf<'logStatus'>[],
): Promise<[Entry, Written][]> {
  const spoken = entries.filter(({ effect }) => effect.status !== 'Idle');
  if (spoken.length === 0) return [];
  const changed = await sql.query<{ position: number }>(
    `WITH told AS (
       SELECT told.*, (
         SELECT id FROM log_uploads known
         WHERE known.cp_id = told.cp_id AND (known.log_type = 'Diagnostics') = told.diagnostics
           AND (told.request_id IS NULL OR known.request_id = told.request_id)
         ORDER BY id DESC LIMIT 1) AS id
       FROM jsonb_to_recordset($1::jsonb) AS told (
         position integer, cp_id text, diagnostics boolean, request_id integer, status text, status_at timestamptz)),
     changed AS (
       UPDATE log_uploads known SET status = told.status, status_at = told.status_at
       FROM told WHERE known.id = told.id AND known.status IS DISTINCT FROM told.status
       RETURNING told.position),
     unasked AS (
       INSERT INTO log_uploads (cp_id, log_type, request_id, status, status_at)
       SELECT cp_id, CASE WHEN diagnostics THEN 'Diagnostics' ELSE 'Unknown' END, request_id, status, status_at
       FROM told WHERE id IS NULL)
     SELECT position FROM changed UNION ALL SELECT position FROM told WHERE id IS NULL`,
    [
      recordset(
        spoken.map(({ station, effect }, position) => ({
          position,
          cp_id: station.cpId,
          diagnostics: effect.upload === 'diagnostics',
          request_id: optionalInt32(effect.requestId),
          status: effect.status,
          status_at: effect.time.at,
        })),
      ),
    ],
  );
  return freshAt(spoken, changed);
}
