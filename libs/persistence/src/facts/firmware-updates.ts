import { optionalInt32 } from '../column-values.ts';
import { TABLES } from '../tables/tables.ts';
import { judging, upsert, when } from '../tables/writer.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

export const firmwareUpdates = {
  /** A row for each update asked for; a notification that overtook its request has made that row already. */
  firmwareUpdateRequested: {
    table: 'firmware_updates',
    write: [
      upsert('firmware_updates', {
        cp_id: cpId,
        request_id: ({ effect }) => optionalInt32(effect.requestId),
        signed: ({ effect }) => effect.signed,
        location: ({ effect }) => effect.location,
        retrieve_at: ({ effect }) => effect.retrieveAt,
        install_at: ({ effect }) => effect.installAt,
        requested_at: receivedAt,
      }),
    ],
  },
  /**
   * Goes to the update of its request id, else to the latest of its kind; a station that updates itself gets a row of its
   * own. Idle speaks of no update (1.6 section 7.25): the outcome of the last one stays. The same status again is a
   * repetition.
   */
  firmwareStatus: {
    table: 'firmware_updates',
    write: [
      when(
        ({ effect }) => effect.status !== 'Idle',
        judging(
          TABLES.firmware_updates.columns,
          {
            cp_id: cpId,
            request_id: ({ effect }) => optionalInt32(effect.requestId),
            signed: ({ effect }) => effect.signed,
            status: ({ effect }) => effect.status,
            status_at: ({ effect }) => effect.time.at,
          },
          'fresh',
          (rows) => `WITH given AS (
              SELECT one.*, (
                SELECT id FROM firmware_updates known
                WHERE known.cp_id = one.cp_id
                  AND CASE WHEN one.request_id IS NULL THEN known.signed = one.signed
                           ELSE known.request_id = one.request_id END
                ORDER BY id DESC LIMIT 1) AS id
              FROM ${rows('one')}),
            changed AS (
              UPDATE firmware_updates known SET status = given.status, status_at = given.status_at
              FROM given WHERE known.id = given.id AND known.status IS DISTINCT FROM given.status
              RETURNING given.position),
            unasked AS (
              INSERT INTO firmware_updates (cp_id, request_id, signed, status, status_at)
              SELECT cp_id, request_id, signed, status, status_at FROM given WHERE id IS NULL)
            SELECT position FROM changed UNION ALL SELECT position FROM given WHERE id IS NULL`,
        ),
      ),
    ],
  },
} satisfies Facts;
