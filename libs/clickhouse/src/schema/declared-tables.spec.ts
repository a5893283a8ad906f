import { describe, expect, it } from '@jest/globals';
import { ddlFolder, readDdlFiles } from '../migrator/ddl-files.ts';
import { declaredTables, readDeclaredTables } from './declared-tables.ts';

const table = (name: string, column: string): string =>
  `CREATE TABLE IF NOT EXISTS ${name}\n(\n    ${column} String COMMENT 'It''s'\n)\nENGINE = MergeTree`;

describe('declaredTables', () => {
  it('follows a table through columns added, names exchanged and renamed, and its end', () => {
    const statements = [
      table('a', 'x'),
      "ALTER TABLE a\n    ADD COLUMN IF NOT EXISTS y UInt8 DEFAULT 1 COMMENT 'Y'",
      table('b', 'z'),
      'EXCHANGE TABLES a AND b',
      'RENAME TABLE IF EXISTS b TO c',
      "ALTER TABLE c\n    ADD COLUMN IF NOT EXISTS w UInt8 COMMENT 'W' AFTER x",
      table('d', 'x'),
      'DROP TABLE IF EXISTS d',
    ];
    const declared = [...declaredTables(statements)].map(([name, { columns }]) => [name, columns]);
    expect(Object.fromEntries(declared)).toEqual({
      a: [{ name: 'z', type: 'String', comment: "It's" }],
      c: [
        { name: 'x', type: 'String', comment: "It's" },
        { name: 'w', type: 'UInt8', comment: 'W' },
        { name: 'y', type: 'UInt8 DEFAULT 1', comment: 'Y' },
      ],
    });
  });

  it.each(['meter_samples', 'transaction_events', 'connector_status', 'connections'])(
    'finds the columns of the new %s in the order of those whose rows are moved, which are inserted by their order',
    async (table) => {
      const statements = (await readDdlFiles(ddlFolder)).flatMap((file) => file.statements);
      const exchange = statements.findIndex((statement) => statement.includes(`\nEXCHANGE TABLES ${table} `));
      const tables = declaredTables(statements.slice(0, exchange));
      const names = (of: string): string[] => (tables.get(of)?.columns ?? []).map(({ name }) => name);
      expect(names(table).length).toBeGreaterThan(10);
      expect(names(`${table}_by_week`).slice(0, names(table).length)).toEqual(names(table));
    },
  );

  it('knows the tables and views of this build', async () => {
    const names = [...(await readDeclaredTables()).keys()];
    expect(names).toEqual(expect.arrayContaining(['boots', 'meter_samples', 'sessions', 'ended_sessions']));
    expect(
      names.filter((name) =>
        /^(meter_samples|transaction_events|connector_status|connections)_by_|registers/.test(name),
      ),
    ).toEqual([]);
  });
});
