import { describe, expect, it } from '@jest/globals';
import type { Table } from '../tables/column.ts';
import { TABLES } from '../tables/tables.ts';
import { TOKEN_PLACES, WITHOUT_TOKENS } from './token-places.ts';

const columns = Object.entries<Table>(TABLES).flatMap(([table, { columns: of }]) =>
  Object.entries(of).map(([column, type]) => ({ place: `${table}.${column}`, type })),
);
const declared = TOKEN_PLACES.map(({ table, column }) => `${table}.${column}`);

describe('the places of id tokens', () => {
  it('are columns that there are', () => {
    const there = columns.map(({ place }) => place);
    expect([...declared, ...Object.keys(WITHOUT_TOKENS)].filter((place) => !there.includes(place))).toEqual([]);
  });

  it('are all columns with JSON, or a token or tag in their name, but those that say why not', () => {
    const could = columns.filter(
      ({ place, type }) => type.startsWith('jsonb') || /token|id_tag|webhook_deliveries\.body/.test(place),
    );
    const known = new Set([...declared, ...Object.keys(WITHOUT_TOKENS)]);
    expect(could.map(({ place }) => place).filter((place) => !known.has(place))).toEqual([]);
  });
});
