import { camelCase, type Page } from '@ocpp-gw/contracts';
import { v7 as uuidv7 } from 'uuid';
import { recordset } from './column-values.ts';
import { pageOf, uuidOf } from './cursor.ts';
import type { Database } from './database.ts';
import { findingEntry } from './finding-event.ts';
import { taggedStation } from './of-station.ts';
import { Outbox } from './outbox.ts';
import type { ChargePointRecord } from './records.ts';
import { SQL, type Sql } from './sql.ts';
import { selectBut, type RecordOf } from './tables/record.ts';

export type FindingRecord = RecordOf<'findings'>;

/** When a charge point was looked at last, and the newest that was known of it then. */
export type LookedAt = RecordOf<'finding_looks'>;

/** What a look at a charge point showed. */
export interface FoundFinding {
  finding: string;
  severity: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  count: number;
  details: readonly string[];
  frameEventIds: readonly string[];
}

/** What a look changes. */
export interface Changes {
  opened: readonly FoundFinding[];
  seen: readonly FoundFinding[];
  /** By their names. */
  ended: readonly string[];
}

export interface Look {
  station: Pick<ChargePointRecord, 'cpId' | 'protocol' | 'vendor' | 'model' | 'firmwareVersion'>;
  at: Date;
  newestAt: Date | null;
  /** The pod that looks. */
  pod: string;
  /** What a finding is in words. */
  titleOf: (finding: string) => string;
}

/** What a look has opened and ended. */
export type Written = Record<'opened' | 'ended', FindingRecord[]>;

export interface FindingFilter {
  limit: number;
  cursor?: string;
  /** Whether it is open, or has ended. */
  state: 'open' | 'ended';
  finding?: string;
  severity?: string;
  /** Identity, in any letter case, as are vendor, model and firmware version. */
  cpId?: string;
  vendor?: string;
  model?: string;
  firmwareVersion?: string;
  /** It occurred at this time or later. */
  since?: Date;
  /** The charge point carries all of them now. */
  tags?: Readonly<Record<string, string>>;
}

/** How many findings are open, and of how many charge points. */
export interface FindingCount {
  open: number;
  chargePoints: number;
}

export interface FindingsSummary extends FindingCount {
  byFinding: (FindingCount & Pick<FindingRecord, 'finding' | 'severity'>)[];
  byVendor: (FindingCount & Pick<FindingRecord, 'vendor'>)[];
  byFirmware: (FindingCount & Pick<FindingRecord, 'vendor' | 'model' | 'firmwareVersion'>)[];
}

const RECORD = selectBut('findings', []);
const COUNTS = `count(*)::int AS open, count(DISTINCT cp_id)::int AS "chargePoints"`;

const OPEN_ALL = `
  INSERT INTO findings (cp_id, vendor, model, firmware_version, opened_at, finding, finding_id, severity, first_seen_at,
    last_seen_at, count, details, frame_event_ids)
  SELECT $1, $2, $3, $4, $5, finding, finding_id, severity, first_seen_at, last_seen_at, count, details, frame_event_ids
  FROM jsonb_to_recordset($6::jsonb) AS found (finding text, finding_id uuid, severity text, first_seen_at timestamptz,
    last_seen_at timestamptz, count integer, details text[], frame_event_ids text[])
  ON CONFLICT (cp_id, finding) DO UPDATE SET
    finding_id = EXCLUDED.finding_id, severity = EXCLUDED.severity, first_seen_at = EXCLUDED.first_seen_at,
    last_seen_at = EXCLUDED.last_seen_at, count = EXCLUDED.count, details = EXCLUDED.details,
    frame_event_ids = EXCLUDED.frame_event_ids, vendor = EXCLUDED.vendor, model = EXCLUDED.model,
    firmware_version = EXCLUDED.firmware_version, opened_at = EXCLUDED.opened_at, ended_at = NULL
  WHERE findings.ended_at IS NOT NULL
  RETURNING ${RECORD}`;

/** A window that moves on does not show how it began any more. */
const SEE_AGAIN = `
  UPDATE findings SET first_seen_at = least(findings.first_seen_at, found.first_seen_at),
    last_seen_at = greatest(findings.last_seen_at, found.last_seen_at), count = found.count, details = found.details,
    frame_event_ids = found.frame_event_ids
  FROM jsonb_to_recordset($2::jsonb) AS found (finding text, first_seen_at timestamptz, last_seen_at timestamptz,
    count integer, details text[], frame_event_ids text[])
  WHERE findings.cp_id = $1 AND findings.finding = found.finding AND findings.ended_at IS NULL`;

const END_ALL = `
  UPDATE findings SET ended_at = $2
  WHERE cp_id = $1 AND finding = ANY ($3::text[]) AND ended_at IS NULL RETURNING ${RECORD}`;

/** What is wrong with charge points: one row for each charge point and finding (docs/adr/0072). */
export class Findings {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Of all charge points that were looked at and not forgotten. */
  looks(): Promise<LookedAt[]> {
    return this.database[SQL].query(`SELECT ${selectBut('finding_looks', [])} FROM finding_looks`);
  }

  /** The charge points with open findings. */
  async troubled(): Promise<string[]> {
    const rows = await this.database[SQL].query<{ cpId: string }>(
      `SELECT DISTINCT cp_id AS "cpId" FROM findings WHERE ended_at IS NULL`,
    );
    return rows.map(({ cpId }) => cpId);
  }

  /**
   * Writes what a look showed, with its events, in one transaction. `decide` gets the findings that are open. A look that is older than
   * the one that was written last changes nothing.
   */
  write(look: Look, decide: (open: readonly string[]) => Changes): Promise<Written> {
    const { station, at, newestAt } = look;
    return this.database.transaction(async (connection) => {
      const { [SQL]: sql } = connection;
      const newest = await sql.query(
        `INSERT INTO finding_looks AS known (cp_id, looked_at, newest_at) VALUES ($1, $2, $3)
         ON CONFLICT (cp_id) DO UPDATE SET looked_at = EXCLUDED.looked_at, newest_at = EXCLUDED.newest_at
         WHERE known.looked_at < EXCLUDED.looked_at RETURNING cp_id`,
        [station.cpId, at, newestAt],
      );
      if (newest.length === 0) return { opened: [], ended: [] };
      const open = await sql.query<{ finding: string }>(
        'SELECT finding FROM findings WHERE cp_id = $1 AND ended_at IS NULL',
        [station.cpId],
      );
      const written = await this.change(sql, look, decide(open.map(({ finding }) => finding)));
      const entries = [...written.ended, ...written.opened].map((record) =>
        findingEntry(record, { ...look, protocol: station.protocol, title: look.titleOf(record.finding) }),
      );
      await new Outbox(connection).append(entries);
      return written;
    });
  }

  /** Deletes the looks before a time: their charge points are looked at as if for the first time. */
  async forgetLooks(before: Date): Promise<void> {
    await this.database[SQL].query('DELETE FROM finding_looks WHERE looked_at < $1', [before]);
  }

  /** The latest opened first. @throws InvalidCursorError */
  async list(filter: FindingFilter): Promise<Page<FindingRecord>> {
    const { limit, cursor, state, finding, severity, cpId, vendor, model, firmwareVersion, since, tags } = filter;
    const rows = await this.database[SQL].query<FindingRecord>(
      `SELECT ${RECORD} FROM findings
       WHERE ended_at IS ${state === 'open' ? '' : 'NOT '}NULL
         AND ($2::uuid IS NULL OR finding_id < $2)
         AND ($3::text IS NULL OR finding = $3)
         AND ($4::text IS NULL OR severity = $4)
         AND ($5::text IS NULL OR lower(cp_id) = lower($5))
         AND ($6::text IS NULL OR lower(vendor) = lower($6))
         AND ($7::text IS NULL OR lower(model) = lower($7))
         AND ($8::text IS NULL OR lower(firmware_version) = lower($8))
         AND ($9::timestamptz IS NULL OR last_seen_at >= $9)
         AND ($10::jsonb IS NULL OR ${taggedStation('findings', '$10')})
       ORDER BY finding_id DESC LIMIT $1`,
      [
        limit + 1,
        cursor === undefined ? null : uuidOf(cursor),
        ...[finding, severity, cpId, vendor, model, firmwareVersion, since, tags].map((value) => value ?? null),
      ],
    );
    return pageOf(rows, limit, ({ findingId }) => findingId);
  }

  /** Of the open findings; of each kind of group those with the most charge points. */
  async summary(most: number): Promise<FindingsSummary> {
    const [[all], byFinding, byVendor, byFirmware] = await Promise.all([
      this.database[SQL].query<FindingCount>(`SELECT ${COUNTS} FROM findings WHERE ended_at IS NULL`),
      this.openByFinding(most),
      this.openBy<FindingsSummary['byVendor'][number]>(['vendor'], most),
      this.openBy<FindingsSummary['byFirmware'][number]>(['vendor', 'model', 'firmware_version'], most),
    ]);
    return { open: all?.open ?? 0, chargePoints: all?.chargePoints ?? 0, byFinding, byVendor, byFirmware };
  }

  /** The part of {@link summary} by finding. */
  openByFinding(most: number): Promise<FindingsSummary['byFinding']> {
    return this.openBy(['finding', 'severity'], most);
  }

  private openBy<Group extends object>(columns: readonly string[], most: number): Promise<Group[]> {
    const grouped = columns.join(', ');
    const named = columns.map((column) => `${column} AS "${camelCase(column)}"`).join(', ');
    return this.database[SQL].query(
      `SELECT ${named}, ${COUNTS} FROM findings WHERE ended_at IS NULL
       GROUP BY ${grouped} ORDER BY "chargePoints" DESC, open DESC, ${grouped} LIMIT $1`,
      [most],
    );
  }

  private async change(sql: Sql, { station, at }: Look, { opened, seen, ended }: Changes): Promise<Written> {
    const { cpId, vendor, model, firmwareVersion } = station;
    if (seen.length > 0) await sql.query(SEE_AGAIN, [cpId, rowsOf(seen, at)]);
    return {
      ended: ended.length === 0 ? [] : await sql.query<FindingRecord>(END_ALL, [cpId, at, ended]),
      opened:
        opened.length === 0
          ? []
          : await sql.query<FindingRecord>(OPEN_ALL, [cpId, vendor, model, firmwareVersion, at, rowsOf(opened, at)]),
    };
  }
}

function rowsOf(found: readonly FoundFinding[], at: Date): string {
  return recordset(
    found.map(({ finding, severity, firstSeenAt, lastSeenAt, count, details, frameEventIds }) => ({
      ...{ finding, severity, count, details },
      finding_id: uuidv7({ msecs: at.getTime() }),
      first_seen_at: firstSeenAt,
      last_seen_at: lastSeenAt,
      frame_event_ids: frameEventIds,
    })),
  );
}
