import { describe, expect, it } from '@jest/globals';
import type { Sql } from '../sql.ts';
import { each, judging, remove, same, update, upsert, when, type Writer } from './writer.ts';
import { TABLES } from './tables.ts';

interface Item {
  cpId: string;
  version: number;
}

/** What a writer sends for these items, with the blanks of the text made one. */
async function sent<Of>(write: Writer<Of>, items: readonly Of[], found: object[] = []) {
  const statements: { text: string; rows: unknown }[] = [];
  const sql: Sql = {
    query: (text, [json] = []) => {
      statements.push({ text: text.replaceAll(/\s+/g, ' '), rows: JSON.parse(String(json)) });
      return Promise.resolve(found as never[]);
    },
  };
  return { answers: await write(sql, items), statements };
}

const at = new Date('2026-01-01T00:00:00Z');
const items: Item[] = [
  { cpId: 'A', version: 1 },
  { cpId: 'B', version: 2 },
];
const filling = {
  cp_id: ({ cpId }: Item) => cpId,
  version: ({ version }: Item) => version,
  updated_at: () => at,
};

describe('a writer', () => {
  it('inserts the columns that are filled, and updates those that are not of the key', async () => {
    const { statements, answers } = await sent(upsert<'local_lists', Item>('local_lists', filling), items);
    expect(statements).toEqual([
      {
        text:
          'INSERT INTO local_lists AS known (cp_id, version, updated_at) SELECT cp_id, version, updated_at FROM ' +
          'jsonb_to_recordset($1::jsonb) AS one (cp_id text, version integer, updated_at timestamptz) ORDER BY cp_id ' +
          'ON CONFLICT (cp_id) DO UPDATE SET version = excluded.version, updated_at = excluded.updated_at',
        rows: [
          { cp_id: 'A', version: 1, updated_at: at.toISOString() },
          { cp_id: 'B', version: 2, updated_at: at.toISOString() },
        ],
      },
    ]);
    expect(answers).toBeUndefined();
  });

  it('knows repetitions by the rows that an upsert left alone', async () => {
    const write = upsert<'local_lists', Item>('local_lists', filling, { where: 'true', findsRepetitions: true });
    const { answers } = await sent(write, items, [{ cpId: 'B' }]);
    expect(answers).toEqual([
      [items[0], { fresh: false }],
      [items[1], { fresh: true }],
    ]);
  });

  it.each(['fresh', 'repeated'] as const)('knows by their positions which items are %s', async (returned) => {
    const write = judging<(typeof TABLES)['local_lists']['columns'], Item>(
      TABLES.local_lists.columns,
      filling,
      returned,
      (rows) => `SELECT position FROM ${rows('given')}`,
    );
    const { answers, statements } = await sent(write, items, [{ position: 1 }]);
    expect(statements[0]?.text).toContain('position integer');
    expect(answers?.map(([, { fresh }]) => fresh)).toEqual(returned === 'fresh' ? [false, true] : [true, false]);
  });

  it('finds the rows to update by the key alone, and those to delete by all that is given', async () => {
    const { cp_id, version } = filling;
    const set = { version: 'given.version' };
    const updated = await sent(update<'local_lists', Item>('local_lists', { cp_id, version }, { set }), items);
    expect(updated.statements[0]?.text).toMatch(
      /SET version = given.version FROM .* WHERE \(known.cp_id\) = \(given.cp_id\)$/,
    );
    const removed = await sent(remove<'local_lists', Item>('local_lists', { cp_id, version }), items);
    expect(removed.statements[0]?.text).toContain('(known.cp_id, known.version) = (given.cp_id, given.version)');
  });

  it('compares names in any letter case where the key does', () => {
    expect(same('configuration_keys', 'one', 'other')).toBe(
      '(one.cp_id, lower(one.key)) = (other.cp_id, lower(other.key))',
    );
  });

  it('sends nothing where nothing is meant', async () => {
    const write = upsert<'local_lists', Item>('local_lists', filling);
    const none = when<Item>(() => false, write);
    expect((await sent(none, items)).statements).toEqual([]);
    expect(
      (
        await sent(
          each<Item, Item>(() => [], write),
          items,
        )
      ).statements,
    ).toEqual([]);
  });

  it('does not compile with a column that the table does not have, or with a value of another type', () => {
    const misspelt = (): unknown =>
      // @ts-expect-error -- the table has no such column
      upsert<'local_lists', Item>('local_lists', { ...filling, verison: () => 1 });
    expect(misspelt).toThrow();
    // @ts-expect-error -- an integer
    upsert<'local_lists', Item>('local_lists', { ...filling, version: () => 'one' });
    // @ts-expect-error -- never null
    upsert<'local_lists', Item>('local_lists', { ...filling, version: () => null });
  });
});
