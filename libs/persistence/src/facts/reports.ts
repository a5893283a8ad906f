import { int32 } from '../column-values.ts';
import { TABLES } from '../tables/tables.ts';
import { same, statement, type Writer } from '../tables/writer.ts';
import type { EntryOf } from './entry.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

/**
 * How old parts without a request may be to count as having overtaken it: no command waits longer for its answer. Older ones
 * are of another report, which came unasked.
 */
const OVERTAKING = `interval '1 minute'`;

/** The messages of one report are written one after the other. */
export const reportKey = (of: { report: string; requestId: number }): readonly [string, string, number] => [
  'report',
  of.report,
  of.requestId,
];

export const reports = {
  /** A request under a used requestId starts over, but for the parts that came before its answer. */
  reportRequested: {
    table: 'reports',
    conflictKey: reportKey,
    write: [
      async (sql, entries) => {
        await writeRequests(sql, entries);
        return entries.map((entry) => [entry, { fresh: entry.effect.empty, parts: 0 }]);
      },
    ],
  },
} satisfies Facts;

const writeRequests: Writer<EntryOf<'reportRequested'>> = statement(
  { ...TABLES.reports.columns, requested_at: 'timestamptz' },
  {
    cp_id: cpId,
    request_id: ({ effect }) => int32(effect.requestId),
    report: ({ effect }) => effect.report,
    state: ({ effect }) => (effect.empty ? 'complete' : 'collecting'),
    requested_at: receivedAt,
  },
  (rows) => `WITH request AS (
      SELECT one.*, one.state = 'collecting' AND earlier.requested_at IS NULL
        AND coalesce(earlier.updated_at > one.requested_at - ${OVERTAKING}, false) AS overtaken
      FROM ${rows('one')} LEFT JOIN reports earlier USING (cp_id, request_id, report)),
    over AS (
      DELETE FROM report_parts part USING request WHERE ${same('reports', 'part', 'request')} AND NOT request.overtaken),
    resumed AS (
      UPDATE reports SET requested_at = request.requested_at FROM request
      WHERE ${same('reports', 'reports', 'request')} AND request.overtaken)
    INSERT INTO reports (cp_id, request_id, report, state, requested_at, updated_at, completed_at)
    SELECT cp_id, request_id, report, state, requested_at, requested_at,
      CASE state WHEN 'complete' THEN requested_at END
    FROM request WHERE NOT overtaken ORDER BY cp_id, request_id, report
    ON CONFLICT (cp_id, request_id, report) DO UPDATE SET
      state = excluded.state, last_seq_no = NULL, requested_at = excluded.requested_at,
      updated_at = excluded.updated_at, completed_at = excluded.completed_at`,
);
