import type { Sql } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { int32, optionalInt32, recordset } from '../wire-values.ts';

/** A row for each image that a local controller was asked to publish (OCPP 2.0.1 L03); as with firmware updates. */
export async function writePublicationRequests(
  sql: Sql,
  entries: readonly EntryOf<'firmwarePublicationRequested'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO firmware_publications (cp_id, request_id, location, checksum, requested_at)
     SELECT cp_id, request_id, location, checksum, requested_at
     FROM jsonb_to_recordset($1::jsonb) AS request (
       cp_id text, request_id integer, location text, checksum text, requested_at timestamptz)
     ORDER BY cp_id, request_id
     ON CONFLICT (cp_id, request_id) DO UPDATE SET
       location = excluded.location, checksum = excluded.checksum, requested_at = excluded.requested_at,
       unpublished_at = NULL`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          request_id: int32(effect.requestId),
          location: effect.location,
          checksum: effect.checksum,
          requested_at: now,
        })),
      ),
    ],
  );
}

/**
 * Goes to the publication of its request id, else to the latest; one that nobody asked for gets a row if it has an id. Idle
 * speaks of none. The same status and places again are a repetition.
 */
export async function writePublicationStatuses(
  sql: Sql,
  entries: readonly EntryOf<'firmwarePublicationStatus'>[],
): Promise<[Entry, Written][]> {
  const spoken = entries.filter(({ effect }) => effect.status !== 'Idle');
  if (spoken.length === 0) return [];
  const repeated = await sql.query<{ position: number }>(
    `WITH told AS (
       SELECT one.position, one.cp_id, one.status, one.locations, one.status_at,
         coalesce(one.request_id, (
           SELECT known.request_id FROM firmware_publications known WHERE known.cp_id = one.cp_id
           ORDER BY coalesce(known.requested_at, known.status_at) DESC NULLS LAST, known.request_id DESC LIMIT 1)) AS request_id
       FROM jsonb_to_recordset($1::jsonb) AS one (
         position integer, cp_id text, request_id integer, status text, locations text[], status_at timestamptz)),
     changed AS (
       INSERT INTO firmware_publications AS known (cp_id, request_id, status, locations, status_at)
       SELECT cp_id, request_id, status, locations, status_at
       FROM told WHERE request_id IS NOT NULL ORDER BY cp_id, request_id
       ON CONFLICT (cp_id, request_id) DO UPDATE SET
         status = excluded.status, locations = excluded.locations, status_at = excluded.status_at
       WHERE (known.status, known.locations) IS DISTINCT FROM (excluded.status, excluded.locations)
       RETURNING cp_id, request_id)
     SELECT position FROM told
     WHERE request_id IS NOT NULL AND (cp_id, request_id) NOT IN (SELECT cp_id, request_id FROM changed)`,
    [
      recordset(
        spoken.map(({ station, effect }, position) => ({
          position,
          cp_id: station.cpId,
          request_id: optionalInt32(effect.requestId),
          status: effect.status,
          locations: effect.locations ?? [],
          status_at: effect.time.at,
        })),
      ),
    ],
  );
  const known = new Set(repeated.map(({ position }) => position));
  return spoken.map((entry, position) => [entry, { fresh: !known.has(position) }]);
}

/** Checksums are hex, in either letter case. */
export async function unpublishFirmware(sql: Sql, entries: readonly EntryOf<'firmwareUnpublished'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `UPDATE firmware_publications known SET unpublished_at = gone.unpublished_at
     FROM jsonb_to_recordset($1::jsonb) AS gone (cp_id text, checksum text, unpublished_at timestamptz)
     WHERE known.cp_id = gone.cp_id AND lower(known.checksum) = lower(gone.checksum) AND known.unpublished_at IS NULL`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          checksum: effect.checksum,
          unpublished_at: now,
        })),
      ),
    ],
  );
}
