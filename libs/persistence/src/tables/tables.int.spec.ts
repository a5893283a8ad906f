import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from '../database.ts';
import { migrate } from '../migrations/migrate.ts';
import { sqlOf } from '../testing.ts';
import type { Table } from './column.ts';
import { TABLES } from './tables.ts';

const tables = Object.entries<Table>(TABLES);

describe('the declared tables', () => {
  let plane: DataPlane;
  let database: Database;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-tables', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'spec' });
    await database.start();
  }, 120_000);

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  it.each(tables)('has the columns of %s as the migrations leave them', async (name, { columns }) => {
    const found = await sqlOf(database).query<{ name: string; type: string }>(
      `SELECT attname AS name,
         format_type(atttypid, NULL) || CASE WHEN attnotnull THEN '' ELSE '?' END AS type
       FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [name],
    );
    const types = new Map(found.map((column) => [column.name, column.type]));
    const asFound = Object.keys(columns).map((column) => [column, types.get(column)]);
    const asDeclared = Object.entries(columns).map(([column, type]) => [
      column,
      type.replace('timestamptz', 'timestamp with time zone'),
    ]);
    expect(asFound).toEqual(asDeclared);
  });

  it.each(tables)('knows a row of %s by what a unique index has', async (name, { key, keyWhere }) => {
    const indexes = await sqlOf(database).query<{ definition: string }>(
      `SELECT pg_get_indexdef(indexrelid) AS definition FROM pg_index WHERE indrelid = $1::regclass AND indisunique`,
      [name],
    );
    const where = keyWhere === undefined ? '' : ` WHERE (${keyWhere})`;
    expect(indexes.map(({ definition }) => definition.replace(/^.* USING btree /, '').replaceAll('"', ''))).toContain(
      `(${key.join(', ')})${where}`,
    );
  });
});
