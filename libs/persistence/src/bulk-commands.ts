import { decodeCursor, masked, type CommandState, type Page } from '@ocpp-gw/contracts';
import { jsonText } from './column-values.ts';
import { pageOf, uuidOf } from './cursor.ts';
import type { Database } from './database.ts';
import { SQL } from './sql.ts';
import { selectBut, type RecordOf } from './tables/record.ts';

/** A bulk command is `running` until every charge point had it, too many failed, or somebody cancelled it. */
export type BulkState = 'running' | 'done' | 'stopped' | 'cancelled';

/** What became of the command at one charge point: `waiting`, `skipped`, or the state in which the command ended. */
export type BulkItemState = 'waiting' | 'skipped' | Exclude<CommandState, 'queued' | 'sent'>;

export type BulkRecord = Omit<RecordOf<'bulk_commands', 'leased_until'>, 'state' | 'request' | 'selection'> & {
  state: BulkState;
  request: Record<string, unknown>;
  selection: Record<string, unknown>;
  /** Number of charge points by what became of the command there. */
  counts: Partial<Record<BulkItemState, number>>;
};

export type BulkItemRecord = Omit<RecordOf<'bulk_command_items', 'bulk_id'>, 'state'> & { state: BulkItemState };

export interface NewBulk {
  /** UUIDv7. */
  bulkId: string;
  /** Route of the command. */
  command: string;
  request: Record<string, unknown>;
  selection: Record<string, unknown>;
  ratePerS: number;
  /** How many charge points may fail; null: any number. */
  maxFailures: number | null;
  timeoutS: number;
  /** Name of the token. */
  caller: string;
  requestId: string;
}

/** What became of the command at one charge point. */
export interface BulkItemEnd {
  state: BulkItemState;
  commandId: string | null;
  /** Kind of the problem that kept it from becoming a command. */
  problem: string | null;
}

const RECORDS = `SELECT ${selectBut('bulk_commands', ['leased_until'], 'bulk')}, counted.counts
  FROM bulk_commands bulk
  CROSS JOIN LATERAL (
    SELECT COALESCE(jsonb_object_agg(one.state, one.number), '{}') AS counts
    FROM (SELECT state, count(*) AS number FROM bulk_command_items item
          WHERE item.bulk_id = bulk.bulk_id GROUP BY state) one) counted`;

/** Bulk commands and their items. A pod that runs one holds its lease, so that another goes on when the pod is killed. */
export class BulkCommands {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** With one item for each charge point, in this order. */
  async create(bulk: NewBulk, cpIds: readonly string[]): Promise<void> {
    await this.database[SQL].query(
      `WITH bulk AS (
         INSERT INTO bulk_commands
           (bulk_id, command, request, selection, rate_per_s, max_failures, timeout_s, caller, request_id)
         VALUES ($1, $2, $3::jsonb, $4::jsonb, $5, $6, $7, $8, $9) RETURNING bulk_id)
       INSERT INTO bulk_command_items (bulk_id, position, cp_id)
       SELECT bulk.bulk_id, item.position, item.cp_id
       FROM bulk, unnest($10::text[]) WITH ORDINALITY AS item (cp_id, position)`,
      [
        bulk.bulkId,
        bulk.command,
        jsonText(bulk.request),
        jsonText(bulk.selection),
        bulk.ratePerS,
        bulk.maxFailures,
        bulk.timeoutS,
        bulk.caller,
        bulk.requestId,
        cpIds,
      ],
    );
  }

  async get(bulkId: string): Promise<BulkRecord | null> {
    const [found] = await this.database[SQL].query<BulkRecord>(`${RECORDS} WHERE bulk.bulk_id = $1`, [bulkId]);
    return found ?? null;
  }

  /** Newest first. @throws InvalidCursorError */
  async list({ limit, cursor }: { limit: number; cursor?: string }): Promise<Page<BulkRecord>> {
    const rows = await this.database[SQL].query<BulkRecord>(
      `${RECORDS} WHERE ($2::uuid IS NULL OR bulk.bulk_id < $2) ORDER BY bulk.bulk_id DESC LIMIT $1`,
      [limit + 1, cursor === undefined ? null : uuidOf(cursor)],
    );
    return pageOf(rows, limit, ({ bulkId }) => bulkId);
  }

  /** In their order. @throws InvalidCursorError */
  async items(
    bulkId: string,
    { limit, cursor, state }: { limit: number; cursor?: string; state?: BulkItemState },
  ): Promise<Page<BulkItemRecord>> {
    const rows = await this.database[SQL].query<BulkItemRecord>(
      `SELECT ${selectBut('bulk_command_items', ['bulk_id'], 'item')} FROM bulk_command_items item
       WHERE bulk_id = $1 AND position > $3 AND ($4::text IS NULL OR state = $4) ORDER BY position LIMIT $2`,
      [bulkId, limit + 1, cursor === undefined ? 0 : decodeCursor(cursor, positionIn), state ?? null],
    );
    return pageOf(rows, limit, ({ position }) => position);
  }

  /** A running one that no pod holds; it is held for so long. */
  async claim(leaseS: number): Promise<BulkRecord | null> {
    const [claimed] = await this.database[SQL].query<{ bulkId: string }>(
      `UPDATE bulk_commands SET leased_until = now() + make_interval(secs => $1)
       WHERE bulk_id = (
         SELECT bulk_id FROM bulk_commands WHERE state = 'running' AND leased_until < now()
         ORDER BY leased_until FOR UPDATE SKIP LOCKED LIMIT 1)
       RETURNING bulk_id AS "bulkId"`,
      [leaseS],
    );
    return claimed ? this.get(claimed.bulkId) : null;
  }

  /** Returns false when it does not run any more. */
  async renew(bulkId: string, leaseS: number): Promise<boolean> {
    const renewed = await this.database[SQL].query(
      `UPDATE bulk_commands SET leased_until = now() + make_interval(secs => $2)
       WHERE bulk_id = $1 AND state = 'running' RETURNING bulk_id`,
      [bulkId, leaseS],
    );
    return renewed.length > 0;
  }

  async settle(bulkId: string, position: number, { state, commandId, problem }: BulkItemEnd): Promise<void> {
    await this.database[SQL].query(
      `UPDATE bulk_command_items SET state = $3, command_id = $4, problem = $5, ended_at = now()
       WHERE bulk_id = $1 AND position = $2`,
      [bulkId, position, state, commandId, problem],
    );
  }

  /** Ends it, unless it has ended: what waits is skipped, and secrets of the request go. Returns whether it ended now. */
  async end(bulkId: string, state: Exclude<BulkState, 'running'>): Promise<boolean> {
    const running = await this.get(bulkId);
    const ended = await this.database[SQL].query(
      `WITH ended AS (
         UPDATE bulk_commands SET state = $2, ended_at = now(), request = $3::jsonb
         WHERE bulk_id = $1 AND state = 'running' RETURNING bulk_id),
       skipped AS (
         UPDATE bulk_command_items item SET state = 'skipped', ended_at = now()
         FROM ended WHERE item.bulk_id = ended.bulk_id AND item.state = 'waiting')
       SELECT bulk_id FROM ended`,
      [bulkId, state, jsonText(masked(running?.request ?? {}) as object)],
    );
    return ended.length > 0;
  }
}

function positionIn(held: unknown): number {
  if (Array.isArray(held) && Number.isInteger(held[0]) && held[0] > 0 && held[0] < 2 ** 31) return held[0] as number;
  throw new Error('not the key of this list');
}
