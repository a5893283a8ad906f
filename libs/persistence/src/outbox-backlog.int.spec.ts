import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { Leadership, type Lease } from './leadership.ts';
import { migrate } from './migrations/migrate.ts';
import { NEXT_RETRIES, OutboxRetries } from './outbox-retries.ts';
import { OUTBOX_SHARDS, Outbox, TAKE } from './outbox.ts';
import { sqlOf } from './testing.ts';

const ROWS = 200_000;
const CHARGERS = 5_000;
const SHARDS = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => shard);

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** What a look at the outbox costs where much waits for a backend that does not take it. Prints times, and asserts what is read. */
describe('the outbox with a long backlog', () => {
  let plane: DataPlane;
  let database: Database;
  let leadership: Leadership;
  let lease: Lease;
  let outbox: Outbox;
  const retries = new OutboxRetries();
  const lines: string[] = [];

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-backlog', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 1, applicationName: 'spec' });
    await database.start();
    leadership = new Leadership(database);
    lease = await leadership.connect();
    outbox = new Outbox(lease);
  }, 120_000);

  afterAll(async () => {
    process.stdout.write(`${lines.join('\n')}\n`);
    await leadership?.stop();
    await database?.stop();
    await plane?.stop();
  });

  /** One look of a leader of all shards: at what is new, and at who is due. */
  const look = async (busy: string[] = []) => [
    await outbox.take('backend', SHARDS, { limit: 13, exceptCpIds: busy }),
    await retries.next(SHARDS, 17, busy, lease),
  ];

  async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
    const times: number[] = [];
    for (let n = 0; n < 30; n += 1) {
      const begun = performance.now();
      await work();
      times.push(performance.now() - begun);
    }
    lines.push(`${what}: ${times.toSorted((a, b) => a - b)[15]?.toFixed(2)} ms`);
  }

  /** Rows of the two tables that the statement read, and how. */
  async function read(statement: string, values: unknown[]): Promise<{ rows: number; how: Set<string> }> {
    const [row] = await sqlOf(lease).query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`,
      values,
    );
    const nodes = row?.['QUERY PLAN'].flatMap(({ Plan }) => flat(Plan)) ?? [];
    const scans = nodes.filter((node) => node['Relation Name']?.startsWith('outbox'));
    const rows = scans.map(
      (scan) => ((scan['Actual Rows'] ?? 0) + (scan['Rows Removed by Filter'] ?? 0)) * (scan['Actual Loops'] ?? 0),
    );
    return { rows: rows.reduce((sum, one) => sum + one, 0), how: new Set(scans.map((scan) => scan['Node Type'])) };
  }

  const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];

  async function fill(held: boolean): Promise<void> {
    await sqlOf(database).query('TRUNCATE outbox, outbox_retries');
    await sqlOf(database).query(
      `INSERT INTO outbox (lane, destination, cp_id, event_id, payload, held)
       SELECT 'backend', '/sessions/open', 'CP-' || n % $2, gen_random_uuid(), decode(repeat('ab', 300), 'hex'), $3
       FROM generate_series(1, $1::int) n`,
      [ROWS, CHARGERS, held],
    );
    if (held)
      await sqlOf(database).query(
        `INSERT INTO outbox_retries SELECT 'CP-' || n, 3, now() + interval '1 minute' FROM generate_series(0, $1 - 1) n`,
        [CHARGERS],
      );
    await sqlOf(database).query('VACUUM ANALYZE outbox, outbox_retries');
  }

  it('reads nothing of what is held, however much it is', async () => {
    await timed('a look at an empty outbox', look);
    await timed('  of it at who is due', () => retries.next(SHARDS, 17, [], lease));
    await fill(true);
    await timed(`a look with ${ROWS} rows of ${CHARGERS} chargers that wait`, look);
    await timed('  of it at who is due', () => retries.next(SHARDS, 17, [], lease));
    const taken = await read(TAKE, ['backend', SHARDS, 13, []]);
    expect(taken.rows).toBe(0);
    expect(taken.how).not.toContain('Seq Scan');
    const due = await read(NEXT_RETRIES, [SHARDS, 17, []]);
    expect(due.how).not.toContain('Seq Scan');
    expect(due.rows).toBeLessThanOrEqual(OUTBOX_SHARDS * 17);
    await timed('the held rows of one charger', () => retries.held('CP-1', 20, lease));
    await timed('a charger that fails again', () =>
      retries.postpone({ cpId: 'CP-1', failures: 4, waitMs: 60_000, ids: ['1', '5001'] }, lease),
    );
  }, 120_000);

  it('reads no more than it takes where nothing is held', async () => {
    await fill(false);
    await timed(`a look with ${ROWS} rows that wait for a place`, look);
    const { rows, how } = await read(TAKE, ['backend', SHARDS, 13, []]);
    expect(how).not.toContain('Seq Scan');
    expect(rows).toBeLessThanOrEqual(OUTBOX_SHARDS * 13);
  }, 120_000);
});
