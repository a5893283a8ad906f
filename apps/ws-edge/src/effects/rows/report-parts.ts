import { createHash } from 'node:crypto';
import type { Sql } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { int32, optionalInt32, recordset } from '../wire-values.ts';

/**
 * Parts come in any order, some twice, some before the answer that announces them. Fresh is the part that completes its
 * report: the one with tbc = false and all before it are there (of parts that are not numbered: the last came).
 */
export async function writeReportParts(
  sql: Sql,
  entries: readonly EntryOf<'reportPart'>[],
): Promise<[Entry, Written][]> {
  if (entries.length === 0) return [];
  const parts = recordset(entries.map(partRow));
  await sql.query(STORE, [parts]);
  // A statement of its own sees the part, and what a pod that the station has just left stored beside it.
  const completed = await sql.query<{ position: number; parts: number }>(COMPLETE, [parts]);
  const known = new Map(completed.map(({ position, parts: count }) => [position, count]));
  return entries.map((entry, position) => {
    const count = known.get(position);
    return [entry, count === undefined ? { fresh: false } : { fresh: true, parts: count }];
  });
}

const PART = `part (
  position integer, cp_id text, request_id integer, report text, seq_no integer, last boolean, content_hash text,
  items jsonb, generated_at timestamptz, received_at timestamptz)`;

const SAME_REPORT = (one: string, other: string): string =>
  `(${one}.cp_id, ${one}.request_id, ${one}.report) = (${other}.cp_id, ${other}.request_id, ${other}.report)`;

/** A part that says otherwise under the number of another takes its place; a repetition touches nothing. */
const STORE = `
  WITH part AS (
    SELECT part.*, coalesce(part.seq_no,
      (SELECT known.seq_no FROM report_parts known
       WHERE ${SAME_REPORT('known', 'part')} AND known.content_hash = part.content_hash LIMIT 1),
      (SELECT coalesce(max(known.seq_no) + 1, 0) FROM report_parts known WHERE ${SAME_REPORT('known', 'part')})) AS place
    FROM jsonb_to_recordset($1::jsonb) AS ${PART}),
  stored AS (
    INSERT INTO report_parts (cp_id, request_id, report, seq_no, content_hash, items, generated_at)
    SELECT cp_id, request_id, report, place, content_hash, items, generated_at
    FROM part ORDER BY cp_id, request_id, report
    ON CONFLICT (cp_id, request_id, report, seq_no) DO UPDATE SET
      content_hash = excluded.content_hash, items = excluded.items, generated_at = excluded.generated_at,
      recorded_at = now()
    WHERE report_parts.content_hash <> excluded.content_hash
    RETURNING cp_id, request_id, report)
  INSERT INTO reports (cp_id, request_id, report, state, last_seq_no, updated_at)
  SELECT cp_id, request_id, report, 'collecting', CASE WHEN last THEN seq_no END, received_at
  FROM part JOIN stored USING (cp_id, request_id, report)
  ON CONFLICT (cp_id, request_id, report) DO UPDATE SET
    last_seq_no = coalesce(excluded.last_seq_no, reports.last_seq_no), updated_at = excluded.updated_at`;

const COMPLETE = `
  WITH part AS (
    SELECT part.*, (SELECT count(*) FROM report_parts known WHERE ${SAME_REPORT('known', 'part')})::integer AS parts
    FROM jsonb_to_recordset($1::jsonb) AS ${PART})
  UPDATE reports SET state = 'complete', completed_at = part.received_at
  FROM part
  WHERE ${SAME_REPORT('reports', 'part')} AND reports.state = 'collecting'
    AND CASE WHEN part.seq_no IS NULL THEN part.last
             ELSE reports.last_seq_no + 1 = (
               SELECT count(*) FROM report_parts known
               WHERE ${SAME_REPORT('known', 'part')} AND known.seq_no BETWEEN 0 AND reports.last_seq_no) END
  RETURNING part.position, part.parts`;

function partRow({ station, effect, now }: EntryOf<'reportPart'>, position: number) {
  return {
    position,
    cp_id: station.cpId,
    request_id: int32(effect.requestId),
    report: effect.report,
    seq_no: optionalInt32(effect.seqNo),
    last: effect.last,
    content_hash: createHash('sha256')
      .update(JSON.stringify([effect.last, effect.items]))
      .digest('hex')
      .slice(0, 32),
    items: effect.items,
    generated_at: effect.time.at,
    received_at: now,
  };
}
