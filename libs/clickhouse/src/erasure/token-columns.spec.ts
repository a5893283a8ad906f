import { describe, expect, it } from '@jest/globals';
import { readDeclaredTables } from '../schema/declared-tables.ts';
import { TOKEN_COLUMNS } from './token-columns.ts';

describe('the columns with id tokens', () => {
  it('are all whose name says so, in tables', async () => {
    const stored = [...(await readDeclaredTables())].filter(([, { statement }]) => !statement.includes('REPLACE VIEW'));
    const declared = stored.flatMap(([table, { columns }]) =>
      columns.filter(({ name }) => /(^|_)(id_token|id_tag)$/.test(name)).map(({ name }) => `${table}.${name}`),
    );
    const known = TOKEN_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    expect(declared.filter((place) => !known.includes(place))).toEqual([]);
  });
});
