/** What a column of each Postgres type holds, as a statement is given it. */
interface Values {
  text: string;
  uuid: string;
  integer: number;
  smallint: number;
  bigint: number;
  /** A text where the digits count. */
  numeric: number | string;
  'double precision': number;
  boolean: boolean;
  timestamptz: Date | string;
  jsonb: object;
  'text[]': readonly string[];
  int8multirange: string;
}

type Base = keyof Values;

/** A question mark: the column may be null. */
export type ColumnType = Base | `${Base}?`;

export type Columns = Readonly<Record<string, ColumnType>>;

export type Value<Type extends ColumnType> = Type extends Base
  ? Values[Type]
  : Type extends `${infer Of extends Base}?`
    ? Values[Of] | null | undefined
    : never;

/** A column that is part of a key; names that compare in any letter case are compared in lower case. */
type KeyPart<Name extends string> = Name | `lower(${Name})`;

export interface Table<Of extends Columns = Columns> {
  columns: Of;
  /** What a row is known by, as a unique index of the table has it. */
  key: readonly string[];
  /** The condition of that index, where it is a partial one. */
  keyWhere?: string;
}

type Trim<Text extends string> = Text extends ` ${infer Rest}` | `\n${infer Rest}` ? Trim<Rest> : Text;

/** The columns of a text such as `cp_id text, location text?`. */
type Parsed<Text extends string, Found = unknown> =
  Trim<Text> extends `${infer Name} ${infer Rest}`
    ? Rest extends `${infer Type},${infer More}`
      ? Parsed<More, Found & { readonly [Key in Name]: Type }>
      : Found & { readonly [Key in Name]: Rest }
    : never;

type ColumnsIn<Text extends string> = {
  readonly [Name in keyof Parsed<Text>]: Parsed<Text>[Name] extends ColumnType ? Parsed<Text>[Name] : never;
};

/** `columns` is written as in the DDL: names and types, separated by commas. */
export function table<const Text extends string>(
  columns: Text,
  key: readonly KeyPart<keyof ColumnsIn<Text> & string>[],
  keyWhere?: string,
): Table<ColumnsIn<Text>> {
  const pairs = columns.split(',').map((column) => {
    const [name = '', ...type] = column.trim().split(' ');
    return [name, type.join(' ')];
  });
  return { columns: Object.fromEntries(pairs) as ColumnsIn<Text>, key, ...(keyWhere !== undefined && { keyWhere }) };
}

/** As Postgres names the type. */
export function typeName(type: ColumnType): string {
  return type.replace('?', '');
}

/** The column of a part of a key. */
export function columnOf(part: string): string {
  return part.replace(/^lower\((.*)\)$/, '$1');
}
