import { camelCase, type Camel } from '@ocpp-gw/contracts';
import type { EntitySchemaColumnOptions } from 'typeorm';
import { typeName, type Columns, type ColumnType } from './column.ts';
import { TABLES, type ColumnsOf, type TableName } from './tables.ts';

/** What a column of each Postgres type holds, as the driver gives it. */
interface Read {
  text: string;
  uuid: string;
  integer: number;
  smallint: number;
  /** As text, because it may be beyond what a number can hold. */
  bigint: string;
  numeric: string;
  'double precision': number;
  boolean: boolean;
  timestamptz: Date;
  jsonb: unknown;
  'text[]': string[];
  int8multirange: string;
}

type ReadAs<Type> = Type extends keyof Read
  ? Read[Type]
  : Type extends `${infer Of extends keyof Read}?`
    ? Read[Of] | null
    : never;

type RecordWith<Of extends Columns, Left> = {
  [Column in Exclude<keyof Of & string, Left> as Camel<Column>]: ReadAs<Of[Column]>;
};

/** A row by its property names, without these columns. */
export type RecordOf<Name extends TableName, Left extends keyof ColumnsOf<Name> = never> = RecordWith<
  ColumnsOf<Name>,
  Left
>;

type Left<Name extends TableName> = readonly (keyof ColumnsOf<Name> & string)[];

function columnsBut<Name extends TableName>(name: Name, without: Left<Name>): [string, ColumnType][] {
  const left: readonly string[] = without;
  return Object.entries<ColumnType>(TABLES[name].columns).filter(([column]) => !left.includes(column));
}

/** Select list that gives the columns of a table by their property names, without these. */
export function selectBut<Name extends TableName>(name: Name, without: Left<Name>, alias: string = name): string {
  return columnsBut(name, without)
    .map(([column]) => `${alias}.${column} AS "${camelCase(column)}"`)
    .join(', ');
}

/** The same columns for an entity of TypeORM, with what it has to know of some of them besides. */
export function entityColumns<Record extends object>(
  name: TableName,
  without: readonly string[],
  besides: { readonly [Property in keyof Record]?: Partial<EntitySchemaColumnOptions> },
): { [Property in keyof Record]: EntitySchemaColumnOptions } {
  const columns = columnsBut(name, without as never).map(([column, type]) => {
    const property = camelCase(column);
    const own = besides[property as keyof Record];
    // TypeORM names the type of the elements.
    const [element, array] = typeName(type).split('[');
    const named = { type: element, ...(array && { array: true }) };
    return [property, { name: column, ...named, nullable: type.endsWith('?'), ...own }];
  });
  return Object.fromEntries(columns) as { [Property in keyof Record]: EntitySchemaColumnOptions };
}
