import type { Sql } from '../sql.ts';
import { columnOf, type Columns, type Table } from './column.ts';
import { given, type Filling, type Given } from './given.ts';
import { TABLES, type ColumnsOf, type TableName } from './tables.ts';

/** The result of writing an item. */
export interface Written {
  /** False for a repetition of what is already committed: nothing was changed and nothing is published. */
  fresh: boolean;
  /** Number of parts of the report that this effect completes; absent when it completes none. */
  parts?: number;
  /** Of each notification in it, when it was received; null when it repeats what is known and is not published. */
  received?: readonly (Date | null)[];
}

/** Answers for the items that may be repetitions; the others are fresh. */
export type Answers<Item> = readonly (readonly [Item, Written])[];

/** Writes the rows of any number of items with one statement, or with few. */
export type Writer<Item> = (sql: Sql, items: readonly Item[]) => Promise<Answers<Item> | void>;

/** SQL expressions, by the column that is set to them; `known` is the row as it was. */
type Settings<Name extends TableName> = { readonly [Column in keyof ColumnsOf<Name>]?: string };

interface UpsertOptions<Name extends TableName> {
  /** Columns that an update of a known row sets in addition or in another way; `excluded` is the new row. */
  set?: Settings<Name>;
  /** Which known rows are updated; absent: all. */
  where?: string;
  /** Whether an item whose row is neither new nor updated is a repetition. Each station has at most one item then. */
  findsRepetitions?: boolean;
  /** Items of one statement may have the same key, and the later one counts. */
  laterCounts?: boolean;
  /** A statement of the same moment; `rows` gives the items as a table of FROM. */
  beside?: (rows: (alias: string) => string) => string;
}

/** Inserts the rows, or updates those whose key is known. */
export function upsert<Name extends TableName, Item>(
  name: Name,
  filling: Filling<ColumnsOf<Name>, NoInfer<Item>>,
  options: UpsertOptions<Name> = {},
): Writer<Item> {
  const { set = {}, where, findsRepetitions = false, laterCounts = false, beside } = options;
  const { columns, key, keyWhere }: Table = TABLES[name];
  const filled = filling as Filling<Columns, Item>;
  const rows = given<Columns, Item>(columns, filled);
  const names = rows.names.join(', ');
  const keyed = new Set(key.map(columnOf));
  const taken = rows.names.filter((column) => !keyed.has(column)).map((column) => [column, `excluded.${column}`]);
  const text = lines(
    beside && `WITH beside AS (${beside(rows.as)})`,
    `INSERT INTO ${name} AS known (${names})`,
    laterCounts ? latest(names, key, rows) : `SELECT ${names} FROM ${rows.as('one')} ORDER BY ${key.join(', ')}`,
    `ON CONFLICT (${key.join(', ')})`,
    keyWhere && `WHERE ${keyWhere}`,
    `DO UPDATE SET ${settings({ ...Object.fromEntries(taken), ...set })}`,
    where && `WHERE ${where}`,
    findsRepetitions && 'RETURNING known.cp_id AS "cpId"',
  );
  return async (sql, items) => {
    const written = await sql.query<{ cpId: string }>(text, [rows.parameter(items)]);
    if (!findsRepetitions) return;
    const fresh = new Set(written.map(({ cpId }) => cpId));
    return items.map((item, position) => [item, { fresh: fresh.has(filled['cp_id']?.(item, position) as string) }]);
  };
}

function latest(names: string, key: readonly string[], rows: Given<never>): string {
  return lines(
    `SELECT DISTINCT ON (${key.join(', ')}) ${names}`,
    `FROM (SELECT row_number() OVER () AS position, * FROM ${rows.as('one')}) one`,
    `ORDER BY ${key.join(', ')}, position DESC`,
  );
}

function lines(...parts: (string | false | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== false).join('\n');
}

/** Updates the rows whose key columns are those given; the others given are for `set`, as columns of `given`. */
export function update<Name extends TableName, Item>(
  name: Name,
  filling: Filling<ColumnsOf<Name>, NoInfer<Item>>,
  { set, where }: { set: Settings<Name>; where?: string },
): Writer<Item> {
  const keyed = new Set<string>(TABLES[name].key.map(columnOf));
  const by = Object.keys(filling).filter((column) => keyed.has(column)) as (keyof ColumnsOf<Name> & string)[];
  return statement(TABLES[name].columns as ColumnsOf<Name>, filling, (rows) =>
    lines(
      `UPDATE ${name} AS known SET ${settings(set)} FROM ${rows('given')}`,
      `WHERE ${same(name, 'known', 'given', by)}`,
      where && `AND ${where}`,
    ),
  );
}

/** Deletes the rows that have what is given. */
export function remove<Name extends TableName, Item>(
  name: Name,
  filling: Filling<ColumnsOf<Name>, NoInfer<Item>>,
): Writer<Item> {
  const by = Object.keys(filling) as (keyof ColumnsOf<Name> & string)[];
  return statement(
    TABLES[name].columns as ColumnsOf<Name>,
    filling,
    (rows) => `DELETE FROM ${name} AS known USING ${rows('given')} WHERE ${same(name, 'known', 'given', by)}`,
  );
}

/** A statement of any kind; `rows` gives the items as a table of FROM. */
export function statement<Of extends Columns, Item>(
  columns: Of,
  filling: Filling<Of, NoInfer<Item>>,
  textOf: (rows: (alias: string) => string) => string,
): Writer<Item> {
  const rows = given<Of, Item>(columns, filling);
  const text = textOf(rows.as);
  return async (sql, items) => {
    await sql.query(text, [rows.parameter(items)]);
  };
}

/** The same, with the positions of the items; the statement gives back those that are fresh, or those that are not. */
export function judging<Of extends Columns, Item>(
  columns: Of,
  filling: Filling<Of, NoInfer<Item>>,
  returned: 'fresh' | 'repeated',
  textOf: (rows: (alias: string) => string) => string,
): Writer<Item> {
  const rows = positioned<Of, Item>(columns, filling);
  const text = textOf(rows.as);
  return async (sql, items) => {
    const found = await sql.query<{ position: number }>(text, [rows.parameter(items)]);
    const positions = new Set(found.map(({ position }) => position));
    return items.map((item, position) => [item, { fresh: positions.has(position) === (returned === 'fresh') }]);
  };
}

/** Rows that carry the position of their item, by which a statement can speak of it. */
export function positioned<Of extends Columns, Item>(columns: Of, filling: Filling<Of, Item>): Given<Item> {
  return given<Columns, Item>(
    { ...columns, position: 'integer' },
    { ...(filling as Filling<Columns, Item>), position: (_item, position) => position },
  );
}

/** Writes what the items are made of: parts of them, or some of them. */
export function each<Item, Part>(partsOf: (item: Item) => readonly Part[], write: Writer<Part>): Writer<Item> {
  return async (sql, items) => {
    const parts = items.flatMap(partsOf);
    if (parts.length > 0) await write(sql, parts);
  };
}

/** Writes the items that match a condition. */
export function when<Item>(isMeant: (item: Item) => boolean, write: Writer<Item>): Writer<Item> {
  return async (sql, items) => {
    const meant = items.filter(isMeant);
    return meant.length > 0 ? write(sql, meant) : undefined;
  };
}

/** The condition that two rows agree in these columns of a table, compared as its key compares them; absent: in its key. */
export function same<Name extends TableName>(
  name: Name,
  one: string,
  other: string,
  columns: readonly (keyof ColumnsOf<Name> & string)[] = TABLES[name].key.map(columnOf) as never,
): string {
  const key: readonly string[] = TABLES[name].key;
  const values = (row: string): string =>
    columns
      .map((column) => (key.includes(`lower(${column})`) ? `lower(${row}.${column})` : `${row}.${column}`))
      .join(', ');
  return `(${values(one)}) = (${values(other)})`;
}

function settings(set: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(set)
    .map(([column, value]) => `${column} = ${value}`)
    .join(', ');
}
