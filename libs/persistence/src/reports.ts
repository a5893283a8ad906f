import type { Database } from './database.ts';
import type { ReportRecord, WholeReportRecord } from './device-records.ts';
import { OF_STATION } from './of-station.ts';
import { missingSeqNos, seqNoRanges } from './seq-nos.ts';
import { SQL } from './sql.ts';

/** Stations send the parts of a report one after another; one that pauses for longer has most likely given up. */
export const REPORT_TIMEOUT_S = 60;

interface ReportRow extends Omit<ReportRecord, 'missingSeqNos'> {
  /** Null when there is no part. */
  seenSeqNos: string | null;
}

const OF_REPORT = 'part.cp_id = report.cp_id AND part.request_id = report.request_id AND part.report = report.report';

const COLUMNS = `report.request_id AS "requestId", report.report,
  CASE WHEN report.state = 'collecting' AND report.updated_at < now() - interval '${REPORT_TIMEOUT_S} seconds'
       THEN 'timed_out' ELSE report.state END AS state,
  report.requested_at AS "requestedAt", report.updated_at AS "updatedAt", report.completed_at AS "completedAt",
  collected.parts, collected."seenSeqNos"`;

const COLLECTED = `LEFT JOIN LATERAL (
    SELECT count(*)::integer AS parts, max(part.generated_at) AS "generatedAt",
           range_agg(int8range(part.seq_no, part.seq_no::bigint + 1))::text AS "seenSeqNos"
    FROM report_parts part WHERE ${OF_REPORT}) collected ON true`;

/** Reads the reports that are collected from stations; `facts/` writes them. */
export class Reports {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Lists the latest changed reports first. */
  async list(cpId: string, limit: number): Promise<ReportRecord[]> {
    const rows = await this.database[SQL].query<ReportRow>(
      `SELECT ${COLUMNS} FROM (
         SELECT * FROM reports WHERE ${OF_STATION} ORDER BY updated_at DESC, request_id DESC, report LIMIT $2) report
       ${COLLECTED}
       ORDER BY report.updated_at DESC, report.request_id DESC, report.report`,
      [cpId, limit],
    );
    return rows.map(readReport);
  }

  /** The latest changed one, if the station has used the number in reports of several kinds. */
  async get(cpId: string, requestId: number): Promise<WholeReportRecord | null> {
    // One statement, so that the parts counted are the parts shown.
    const [row] = await this.database[SQL].query<ReportRow & Pick<WholeReportRecord, 'generatedAt' | 'items'>>(
      `SELECT ${COLUMNS}, collected."generatedAt",
              coalesce((
                SELECT jsonb_agg(each.item ORDER BY part.seq_no, each.position)
                FROM report_parts part, jsonb_array_elements(part.items) WITH ORDINALITY AS each (item, position)
                WHERE ${OF_REPORT}), '[]') AS items
       FROM (
         SELECT * FROM reports WHERE ${OF_STATION} AND request_id = $2 ORDER BY updated_at DESC, report LIMIT 1) report
       ${COLLECTED}`,
      [cpId, requestId],
    );
    return row ? { ...readReport(row), generatedAt: row.generatedAt, items: row.items } : null;
  }
}

function readReport({ requestId, report, state, parts, seenSeqNos, ...times }: ReportRow): ReportRecord {
  const { requestedAt, updatedAt, completedAt } = times;
  const missing = seenSeqNos === null ? [] : missingSeqNos(seqNoRanges(seenSeqNos));
  return { requestId, report, state, parts, missingSeqNos: missing, requestedAt, updatedAt, completedAt };
}
