import { int32, optionalInt32 } from '../column-values.ts';
import { TABLES } from '../tables/tables.ts';
import { judging, statement, upsert, when } from '../tables/writer.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

export const firmwarePublications = {
  /** One row for each image that a local controller was asked to publish (OCPP 2.0.1 L03), as for firmware updates. */
  firmwarePublicationRequested: {
    table: 'firmware_publications',
    write: [
      upsert(
        'firmware_publications',
        {
          cp_id: cpId,
          request_id: ({ effect }) => int32(effect.requestId),
          location: ({ effect }) => effect.location,
          checksum: ({ effect }) => effect.checksum,
          requested_at: receivedAt,
        },
        { set: { unpublished_at: 'NULL' } },
      ),
    ],
  },
  /**
   * Goes to the publication of its request id, else to the latest; one that nobody asked for gets a row if it has an id. Idle
   * speaks of none. The same status and places again are a repetition.
   */
  firmwarePublicationStatus: {
    table: 'firmware_publications',
    write: [
      when(
        ({ effect }) => effect.status !== 'Idle',
        judging(
          { ...TABLES.firmware_publications.columns, request_id: 'integer?' },
          {
            cp_id: cpId,
            request_id: ({ effect }) => optionalInt32(effect.requestId),
            status: ({ effect }) => effect.status,
            locations: ({ effect }) => effect.locations ?? [],
            status_at: ({ effect }) => effect.time.at,
          },
          'repeated',
          (rows) => `WITH given AS (
              SELECT one.position, one.cp_id, one.status, one.locations, one.status_at,
                coalesce(one.request_id, (
                  SELECT known.request_id FROM firmware_publications known WHERE known.cp_id = one.cp_id
                  ORDER BY coalesce(known.requested_at, known.status_at) DESC NULLS LAST, known.request_id DESC LIMIT 1))
                AS request_id
              FROM ${rows('one')}),
            changed AS (
              INSERT INTO firmware_publications AS known (cp_id, request_id, status, locations, status_at)
              SELECT cp_id, request_id, status, locations, status_at
              FROM given WHERE request_id IS NOT NULL ORDER BY cp_id, request_id
              ON CONFLICT (cp_id, request_id) DO UPDATE SET
                status = excluded.status, locations = excluded.locations, status_at = excluded.status_at
              WHERE (known.status, known.locations) IS DISTINCT FROM (excluded.status, excluded.locations)
              RETURNING cp_id, request_id)
            SELECT position FROM given
            WHERE request_id IS NOT NULL AND (cp_id, request_id) NOT IN (SELECT cp_id, request_id FROM changed)`,
        ),
      ),
    ],
  },
  /** Checksums are hex, in either letter case. */
  firmwareUnpublished: {
    table: 'firmware_publications',
    write: [
      statement(
        TABLES.firmware_publications.columns,
        { cp_id: cpId, checksum: ({ effect }) => effect.checksum, unpublished_at: receivedAt },
        (rows) => `UPDATE firmware_publications known SET unpublished_at = gone.unpublished_at
          FROM ${rows('gone')}
          WHERE known.cp_id = gone.cp_id AND lower(known.checksum) = lower(gone.checksum)
            AND known.unpublished_at IS NULL`,
      ),
    ],
  },
} satisfies Facts;
