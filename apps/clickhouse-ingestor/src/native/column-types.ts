import type { Columns, Value } from '../rows/row.ts';
import { Bytes } from './bytes.ts';

/** How the values of one column are written. */
export interface ColumnType {
  /** The type as the block names it. ClickHouse converts it to that of the table. */
  name: string;
  /** Writes the column of that name; a value that is not there is the type's default. */
  write: (bytes: Bytes, rows: readonly Columns[], column: string) => void;
}

/** Thrown for a type that no table of ours has had so far. */
export class UnknownTypeError extends Error {
  override readonly name = 'UnknownTypeError';
}

type Write = (bytes: Bytes, value: Exclude<Value, null>) => void;

/** A type whose values are written one after the other. */
function plain(name: string, fallback: Exclude<Value, null>, write: Write): ColumnType {
  return {
    name,
    write: (bytes, rows, column) => {
      for (const row of rows) write(bytes, row[column] ?? fallback);
    },
  };
}

const integer = (name: string, size: number): ColumnType =>
  plain(name, 0, (bytes, value) => bytes.integer(Number(value), size));
const long = (name: string): ColumnType => plain(name, 0, (bytes, value) => bytes.int64(value as number));
const text = plain('String', '', (bytes, value) => bytes.string(value as string));

const EPOCH = new Date(0);
const msOf = (value: Value): number => (value as Date).getTime();

const SIMPLE: Readonly<Record<string, ColumnType>> = {
  String: text,
  UUID: plain('UUID', '00000000-0000-0000-0000-000000000000', (bytes, value) => uuid(bytes, value as string)),
  Bool: plain('Bool', false, (bytes, value) => bytes.uint8(value ? 1 : 0)),
  Int8: integer('Int8', 1),
  Int16: integer('Int16', 2),
  Int32: plain('Int32', 0, (bytes, value) => bytes.int32(value as number)),
  Int64: long('Int64'),
  UInt8: integer('UInt8', 1),
  UInt16: integer('UInt16', 2),
  UInt32: integer('UInt32', 4),
  UInt64: long('UInt64'),
  Float32: plain('Float32', 0, (bytes, value) => bytes.float32(value as number)),
  Float64: plain('Float64', 0, (bytes, value) => bytes.float64(value as number)),
  Date: plain('Date', EPOCH, (bytes, value) => bytes.integer(Math.floor(msOf(value) / 86_400_000), 2)),
};

/** Where the 16 bytes stand in the text: two halves of 64 bits, each little endian. */
const PLACES = [16, 14, 11, 9, 6, 4, 2, 0, 34, 32, 30, 28, 26, 24, 21, 19];

function uuid(bytes: Bytes, value: string): void {
  for (const at of PLACES) bytes.uint8(digit(value.charCodeAt(at)) * 16 + digit(value.charCodeAt(at + 1)));
}

/** The value of a hexadecimal digit by its code: letters of either case are 9 more than their lowest four bits. */
function digit(code: number): number {
  return (code & 0xf) + (code > 0x39 ? 9 : 0);
}

/** How to write a column of the type, as ClickHouse describes it: `LowCardinality(Nullable(String))`. @throws UnknownTypeError */
export function columnType(described: string): ColumnType {
  const simple = SIMPLE[described];
  if (simple) return simple;
  const [, outer = '', inner = ''] = /^(\w+)\((.*)\)$/s.exec(described) ?? [];
  switch (outer) {
    case 'LowCardinality':
      return columnType(inner);
    // What is written there is the value, and the state of its aggregation the same.
    case 'SimpleAggregateFunction':
      return columnType(inner.replace(/^\w+, /, ''));
    case 'Nullable':
      return nullable(columnType(inner));
    case 'Array':
      return array(columnType(inner));
    case 'Map':
      return map(inner);
    // As text, because a number does not hold it exactly.
    case 'Decimal':
      return plain('String', '0', (bytes, value) => bytes.string(String(value)));
    case 'DateTime':
      return plain(described, EPOCH, (bytes, value) => bytes.integer(Math.floor(msOf(value) / 1000), 4));
    case 'DateTime64':
      return instants(described, Number.parseInt(inner, 10));
    case 'Enum8':
    case 'Enum16':
      return text;
    default:
      throw new UnknownTypeError(`no column of type ${described} can be written`);
  }
}

function instants(name: string, precision: number): ColumnType {
  // Beyond milliseconds a number does not hold the ticks of our years.
  const finer = 10n ** BigInt(Math.max(0, precision - 3));
  const coarser = 10 ** Math.max(0, 3 - precision);
  return plain(name, EPOCH, (bytes, value) => {
    if (precision > 3) bytes.int64(BigInt(msOf(value)) * finer);
    else bytes.safeInt64(Math.floor(msOf(value) / coarser));
  });
}

/** Which values are absent, then all values. */
function nullable(type: ColumnType): ColumnType {
  return {
    name: `Nullable(${type.name})`,
    write: (bytes, rows, column) => {
      for (const row of rows) bytes.uint8((row[column] ?? null) === null ? 1 : 0);
      type.write(bytes, rows, column);
    },
  };
}

/** Where each array ends, then the elements of all. */
function array(type: ColumnType): ColumnType {
  return {
    name: `Array(${type.name})`,
    write: (bytes, rows, column) => {
      const lists = rows.map((row) => (row[column] ?? []) as readonly Value[]);
      ends(bytes, lists);
      const elements = lists.flat().map((element) => ({ element }));
      type.write(bytes, elements, 'element');
    },
  };
}

/** Where each map ends, then the keys of all, then their values. */
function map(inner: string): ColumnType {
  const [key = '', value = ''] = inner.split(', ');
  const [keys, values] = [columnType(key), columnType(value)];
  return {
    name: `Map(${keys.name}, ${values.name})`,
    write: (bytes, rows, column) => {
      const maps = rows.map((row) => Object.entries(row[column] ?? {}));
      ends(bytes, maps);
      const entries = maps.flat().map(([name, held]) => ({ name, held }));
      keys.write(bytes, entries, 'name');
      values.write(bytes, entries, 'held');
    },
  };
}

function ends(bytes: Bytes, lists: readonly (readonly unknown[])[]): void {
  let end = 0;
  for (const list of lists) bytes.safeInt64((end += list.length));
}
