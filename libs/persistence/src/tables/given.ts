import { recordset } from '../column-values.ts';
import { typeName, type Columns, type Value } from './column.ts';

/** How items fill columns. The columns that it names are those that the statement is given. */
export type Filling<Of extends Columns, Item> = {
  readonly [Name in keyof Of]?: (item: Item, position: number) => Value<Of[Name]>;
};

/** A parameter of a statement: any number of rows, in one JSON value. */
export interface Given<Item> {
  names: readonly string[];
  /** The parameter as a table, for FROM; it is the first unless its number is given. */
  as(alias: string, parameter?: number): string;
  parameter(items: readonly Item[]): string;
}

export function given<Of extends Columns, Item>(columns: Of, filling: Filling<Of, Item>): Given<Item> {
  const cells = Object.entries(filling) as [string, (item: Item, position: number) => unknown][];
  const names = cells.map(([name]) => name);
  const types = names.map((name) => `${name} ${typeName(columns[name] as Of[string])}`).join(', ');
  return {
    names,
    as: (alias, parameter = 1) => `jsonb_to_recordset($${parameter}::jsonb) AS ${alias} (${types})`,
    parameter: (items) =>
      recordset(
        items.map((item, position) => {
          const row: Record<string, unknown> = {};
          for (const [name, cell] of cells) row[name] = cell(item, position);
          return row;
        }),
      ),
  };
}
