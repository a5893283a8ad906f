import type { EntitySchemaColumnOptions } from 'typeorm';
import { typeName, type ColumnType } from './column.ts';
import { TABLES, type ColumnsOf, type TableName } from './tables.ts';

/** The name of a column in the records that leave this library. */
function propertyOf(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

type Left<Name extends TableName> = readonly (keyof ColumnsOf<Name> & string)[];

function columnsBut<Name extends TableName>(name: Name, without: Left<Name>): [string, ColumnType][] {
  const left: readonly string[] = without;
  return Object.entries<ColumnType>(TABLES[name].columns).filter(([column]) => !left.includes(column));
}

/** Select list that gives the columns of a table by their property names, without these. */
export function selectBut<Name extends TableName>(name: Name, without: Left<Name>, alias: string = name): string {
  return columnsBut(name, without)
    .map(([column]) => `${alias}.${column} AS "${propertyOf(column)}"`)
    .join(', ');
}

/** The same columns for an entity of TypeORM, with what it has to know of some of them besides. */
export function entityColumns<Record extends object>(
  name: TableName,
  without: readonly string[],
  besides: { readonly [Property in keyof Record]?: Partial<EntitySchemaColumnOptions> },
): { [Property in keyof Record]: EntitySchemaColumnOptions } {
  const columns = columnsBut(name, without as never).map(([column, type]) => {
    const property = propertyOf(column);
    const own = besides[property as keyof Record];
    return [property, { name: column, type: typeName(type), nullable: type.endsWith('?'), ...own }];
  });
  return Object.fromEntries(columns) as { [Property in keyof Record]: EntitySchemaColumnOptions };
}
