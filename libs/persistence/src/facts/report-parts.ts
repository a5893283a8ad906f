import { createHash } from 'node:crypto';
import { int32, optionalInt32 } from '../column-values.ts';
import { TABLES } from '../tables/tables.ts';
import { positioned, same, type Writer } from '../tables/writer.ts';
import type { EntryOf } from './entry.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';
import { reportKey } from './reports.ts';

type Part = EntryOf<'reportPart'>;

const PARTS = positioned(
  {
    ...TABLES.report_parts.columns,
    seq_no: 'integer?',
    last: 'boolean',
    own_time: 'timestamptz?',
    received_at: 'timestamptz',
  },
  {
    cp_id: cpId,
    request_id: ({ effect }: Part) => int32(effect.requestId),
    report: ({ effect }: Part) => effect.report,
    seq_no: ({ effect }: Part) => optionalInt32(effect.seqNo),
    last: ({ effect }: Part) => effect.last,
    content_hash: ({ effect }: Part) =>
      createHash('sha256')
        .update(JSON.stringify([effect.last, effect.items]))
        .digest('hex')
        .slice(0, 32),
    items: ({ effect }: Part) => effect.items,
    generated_at: ({ effect }: Part) => effect.time.at,
    // Without a usable clock the part has the time of its receipt, which gives no order.
    own_time: ({ effect, now }: Part) => (effect.time.at.getTime() === now.getTime() ? null : effect.time.at),
    received_at: receivedAt,
  },
);

const ofOne = (one: string, other: string): string => same('reports', one, other);

/**
 * What a part is to what is known of its report. `repeats`: it says what is known. `late`: it is of an earlier report under the
 * same id. `begins`: what is known is whole, and this is of a new report. `adds`: it is of the report that is being collected.
 * Which of two is the earlier report the station's clock tells, where it tells any time.
 */
const JUDGED = `judged AS (
  SELECT part.*, report.last_seq_no AS known_last, same.seq_no IS NOT NULL AS replaces,
    CASE WHEN same.content_hash = part.content_hash THEN 'repeats'
         WHEN part.own_time < same.generated_at THEN 'late'
         WHEN report.state IS DISTINCT FROM 'complete' THEN 'adds'
         WHEN part.seq_no IS NULL OR same.seq_no IS NOT NULL OR part.own_time > newest.generated_at THEN 'begins'
         ELSE 'late' END AS verdict
  FROM ${PARTS.as('part')}
  LEFT JOIN reports report ON ${ofOne('report', 'part')}
  LEFT JOIN LATERAL (
    SELECT known.seq_no, known.content_hash, known.generated_at FROM report_parts known
    WHERE ${ofOne('known', 'part')}
      AND CASE WHEN part.seq_no IS NULL THEN known.content_hash = part.content_hash ELSE known.seq_no = part.seq_no END
    LIMIT 1) same ON true
  LEFT JOIN LATERAL (
    SELECT max(known.generated_at) AS generated_at FROM report_parts known
    WHERE ${ofOne('known', 'part')}) newest ON true)`;

/**
 * A part that says otherwise under the number of another takes its place; behind it goes what was said before it. The row of the
 * report knows by -infinity, which no time is, that it starts anew (requested_at) and that its end is not known (completed_at).
 */
const STORE = `
  WITH ${JUDGED},
  news AS (
    SELECT judged.*, coalesce(judged.seq_no,
      (SELECT coalesce(max(known.seq_no) + 1, 0) FROM report_parts known WHERE ${ofOne('known', 'judged')})) AS place
    FROM judged WHERE verdict IN ('adds', 'begins')),
  outdated AS (
    DELETE FROM report_parts known USING news
    WHERE ${ofOne('known', 'news')}
      AND CASE WHEN news.seq_no IS NULL THEN news.verdict = 'begins'
               ELSE known.seq_no > news.seq_no AND (news.verdict = 'begins' OR (news.replaces AND known.generated_at < news.own_time)) END
    RETURNING known.cp_id, known.request_id, known.report, known.seq_no),
  stored AS (
    INSERT INTO report_parts (cp_id, request_id, report, seq_no, content_hash, items, generated_at)
    SELECT cp_id, request_id, report, place, content_hash, items, generated_at
    FROM news ORDER BY cp_id, request_id, report
    ON CONFLICT (cp_id, request_id, report, seq_no) DO UPDATE SET
      content_hash = excluded.content_hash, items = excluded.items, generated_at = excluded.generated_at,
      recorded_at = now())
  INSERT INTO reports (cp_id, request_id, report, state, last_seq_no, requested_at, updated_at, completed_at)
  SELECT cp_id, request_id, report, 'collecting', CASE WHEN last THEN seq_no END,
    CASE verdict WHEN 'begins' THEN '-infinity'::timestamptz END, received_at,
    CASE WHEN verdict = 'begins' OR known_last = seq_no OR EXISTS (
      SELECT FROM outdated WHERE ${ofOne('outdated', 'news')} AND outdated.seq_no = news.known_last)
    THEN '-infinity'::timestamptz END
  FROM news
  ON CONFLICT (cp_id, request_id, report) DO UPDATE SET
    state = CASE WHEN excluded.requested_at IS NULL THEN reports.state ELSE 'collecting' END,
    last_seq_no = CASE WHEN excluded.completed_at IS NULL THEN coalesce(excluded.last_seq_no, reports.last_seq_no)
                       ELSE excluded.last_seq_no END,
    requested_at = CASE WHEN excluded.requested_at IS NULL THEN reports.requested_at END,
    completed_at = CASE WHEN excluded.requested_at IS NULL THEN reports.completed_at END,
    updated_at = excluded.updated_at`;

/** Parts beyond the last part of a complete report belong to an earlier report. */
const COMPLETE = `
  WITH part AS (
    SELECT part.*, (
      SELECT count(*) FROM report_parts known
      WHERE ${ofOne('known', 'part')}
        AND (part.seq_no IS NULL OR known.seq_no <= report.last_seq_no))::integer AS parts
    FROM ${PARTS.as('part')} JOIN reports report ON ${ofOne('report', 'part')}),
  completed AS (
    UPDATE reports SET state = 'complete', completed_at = part.received_at
    FROM part
    WHERE ${ofOne('reports', 'part')} AND reports.state = 'collecting'
      AND CASE WHEN part.seq_no IS NULL THEN part.last
               ELSE reports.last_seq_no + 1 = (
                 SELECT count(*) FROM report_parts known
                 WHERE ${ofOne('known', 'part')} AND known.seq_no BETWEEN 0 AND reports.last_seq_no) END
    RETURNING part.position, part.parts, part.cp_id, part.request_id, part.report, reports.last_seq_no),
  beyond AS (
    DELETE FROM report_parts known USING completed
    WHERE ${ofOne('known', 'completed')} AND known.seq_no > completed.last_seq_no)
  SELECT position, parts FROM completed`;

const writeParts: Writer<Part> = async (sql, entries) => {
  const parts = PARTS.parameter(entries);
  await sql.query(STORE, [parts]);
  // A statement of its own sees the part, and what a pod that the station has just left stored beside it.
  const completed = await sql.query<{ position: number; parts: number }>(COMPLETE, [parts]);
  const counts = new Map(completed.map(({ position, parts: count }) => [position, count]));
  return entries.map((entry, position) => {
    const count = counts.get(position);
    return [entry, count === undefined ? { fresh: false } : { fresh: true, parts: count }];
  });
};

export const reportParts = {
  /**
   * Parts come in any order, some twice, some before the answer that announces them, some late, of a report that was asked for
   * again under its id meanwhile. Fresh is the part that completes its report: the one with tbc = false and all before it are
   * there (of parts that are not numbered: the last came).
   */
  reportPart: { table: 'report_parts', conflictKey: reportKey, write: [writeParts] },
} satisfies Facts;
