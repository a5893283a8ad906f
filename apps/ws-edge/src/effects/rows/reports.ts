import type { Sql } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { int32, recordset } from '../wire-values.ts';

/**
 * How old parts without a request may be to count as having overtaken it: no command waits longer for its answer. Older ones
 * are of another report, which came unasked.
 */
const OVERTAKING = `interval '1 minute'`;

/** A request under a used requestId starts over, but for the parts that came before its answer. */
export async function writeReportRequests(
  sql: Sql,
  entries: readonly EntryOf<'reportRequested'>[],
): Promise<[Entry, Written][]> {
  if (entries.length === 0) return [];
  await sql.query(
    `WITH request AS (
       SELECT one.*, one.state = 'collecting' AND earlier.requested_at IS NULL
         AND coalesce(earlier.updated_at > one.requested_at - ${OVERTAKING}, false) AS overtaken
       FROM jsonb_to_recordset($1::jsonb) AS one (
         cp_id text, request_id integer, report text, state text, requested_at timestamptz)
       LEFT JOIN reports earlier USING (cp_id, request_id, report)),
     over AS (
       DELETE FROM report_parts part USING request
       WHERE (part.cp_id, part.request_id, part.report) = (request.cp_id, request.request_id, request.report)
         AND NOT request.overtaken),
     resumed AS (
       UPDATE reports SET requested_at = request.requested_at FROM request
       WHERE (reports.cp_id, reports.request_id, reports.report) = (request.cp_id, request.request_id, request.report)
         AND request.overtaken)
     INSERT INTO reports (cp_id, request_id, report, state, requested_at, updated_at, completed_at)
     SELECT cp_id, request_id, report, state, requested_at, requested_at,
        CASE state WHEN 'complete' THEN requested_at END
     FROM request WHERE NOT overtaken ORDER BY cp_id, request_id, report
     ON CONFLICT (cp_id, request_id, report) DO UPDATE SET
       state = excluded.state, last_seq_no = NULL, requested_at = excluded.requested_at,
       updated_at = excluded.updated_at, completed_at = excluded.completed_at`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          request_id: int32(effect.requestId),
          report: effect.report,
          state: effect.empty ? 'complete' : 'collecting',
          requested_at: now,
        })),
      ),
    ],
  );
  return entries.map((entry) => [entry, { fresh: entry.effect.empty, parts: 0 }]);
}
