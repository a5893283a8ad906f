import { optionalInt32 } from '../column-values.ts';
import { TABLES } from '../tables/tables.ts';
import { judging, upsert, when } from '../tables/writer.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

export const logUploads = {
  /** A row for each upload asked for; a notification that overtook its request has made that row already. */
  logRequested: {
    table: 'log_uploads',
    write: [
      upsert('log_uploads', {
        cp_id: cpId,
        log_type: ({ effect }) => effect.logType,
        request_id: ({ effect }) => optionalInt32(effect.requestId),
        location: ({ effect }) => effect.location,
        oldest: ({ effect }) => effect.oldest,
        latest: ({ effect }) => effect.latest,
        file_name: ({ effect }) => effect.fileName,
        requested_at: receivedAt,
      }),
    ],
  },
  /** As with firmware: to the upload of its request id, else to the latest of its kind, else to a row of its own. */
  logStatus: {
    table: 'log_uploads',
    write: [
      when(
        ({ effect }) => effect.status !== 'Idle',
        judging(
          { ...TABLES.log_uploads.columns, diagnostics: 'boolean' },
          {
            cp_id: cpId,
            diagnostics: ({ effect }) => effect.upload === 'diagnostics',
            request_id: ({ effect }) => optionalInt32(effect.requestId),
            status: ({ effect }) => effect.status,
            status_at: ({ effect }) => effect.time.at,
          },
          'fresh',
          (rows) => `WITH given AS (
              SELECT one.*, (
                SELECT id FROM log_uploads known
                WHERE known.cp_id = one.cp_id AND (known.log_type = 'Diagnostics') = one.diagnostics
                  AND (one.request_id IS NULL OR known.request_id = one.request_id)
                ORDER BY id DESC LIMIT 1) AS id
              FROM ${rows('one')}),
            changed AS (
              UPDATE log_uploads known SET status = given.status, status_at = given.status_at
              FROM given WHERE known.id = given.id AND known.status IS DISTINCT FROM given.status
              RETURNING given.position),
            unasked AS (
              INSERT INTO log_uploads (cp_id, log_type, request_id, status, status_at)
              SELECT cp_id, CASE WHEN diagnostics THEN 'Diagnostics' ELSE 'Unknown' END, request_id, status, status_at
              FROM given WHERE id IS NULL)
            SELECT position FROM changed UNION ALL SELECT position FROM given WHERE id IS NULL`,
        ),
      ),
    ],
  },
} satisfies Facts;
