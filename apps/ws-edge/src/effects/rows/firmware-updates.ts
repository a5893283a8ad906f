import type { Sql } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { optionalInt32, recordset } from '../wire-values.ts';
import { freshAt } from './fresh-at.ts';

/** A row for each update asked for; a notification that overtook its request has made that row already. */
export async function writeFirmwareRequests(
  sql: Sql,
  entries: readonly EntryOf<'firmwareUpdateRequested'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO firmware_updates (cp_id, request_id, signed, location, retrieve_at, install_at, requested_at)
     SELECT cp_id, request_id, signed, location, retrieve_at, install_at, requested_at
     FROM jsonb_to_recordset($1::jsonb) AS request (
       cp_id text, request_id integer, signed boolean, location text, retrieve_at timestamptz,
       install_at timestamptz, requested_at timestamptz)
     ORDER BY cp_id
     ON CONFLICT (cp_id, request_id) WHERE request_id IS NOT NULL DO UPDATE SET
       signed = excluded.signed, location = excluded.location, retrieve_at = excluded.retrieve_at,
       install_at = excluded.install_at, requested_at = excluded.requested_at`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          request_id: optionalInt32(effect.requestId),
          signed: effect.signed,
          location: effect.location,
          retrieve_at: effect.retrieveAt,
          install_at: effect.installAt,
          requested_at: now,
        })),
      ),
    ],
  );
}

/**
 * Goes to the update of its request id, else to the latest of its kind; a station that updates itself gets a row of its
 * own. Idle speaks of no update (1.6 section 7.25): the outcome of the last one stays. The same status again is a
 * repetition.
 */
export async function writeFirmwareStatuses(
  sql: Sql,
  entries: readonly EntryOf<'firmwareStatus'>[],
): Promise<[Entry, Written][]> {
  const spoken = entries.filter(({ effect }) => effect.status !== 'Idle');
  if (spoken.length === 0) return [];
  const changed = await sql.query<{ position: number }>(
    `WITH told AS (
       SELECT told.*, (
         SELECT id FROM firmware_updates known
         WHERE known.cp_id = told.cp_id
           AND CASE WHEN told.request_id IS NULL THEN known.signed = told.signed
                    ELSE known.request_id = told.request_id END
         ORDER BY id DESC LIMIT 1) AS id
       FROM jsonb_to_recordset($1::jsonb) AS told (
         position integer, cp_id text, request_id integer, signed boolean, status text, status_at timestamptz)),
     changed AS (
       UPDATE firmware_updates known SET status = told.status, status_at = told.status_at
       FROM told WHERE known.id = told.id AND known.status IS DISTINCT FROM told.status
       RETURNING told.position),
     unasked AS (
       INSERT INTO firmware_updates (cp_id, request_id, signed, status, status_at)
       SELECT cp_id, request_id, signed, status, status_at FROM told WHERE id IS NULL)
     SELECT position FROM changed UNION ALL SELECT position FROM told WHERE id IS NULL`,
    [
      recordset(
        spoken.map(({ station, effect }, position) => ({
          position,
          cp_id: station.cpId,
          request_id: optionalInt32(effect.requestId),
          signed: effect.signed,
          status: effect.status,
          status_at: effect.time.at,
        })),
      ),
    ],
  );
  return freshAt(spoken, changed);
}
