import { selectBut } from './tables/record.ts';
import type { ColumnsOf, TableName } from './tables/tables.ts';

/** Condition on a mirror's rows, the identity being $1 in any letter case: rows carry the spelling of the registration. */
export const OF_STATION = 'cp_id = (SELECT cp_id FROM charge_points WHERE lower(cp_id) = lower($1))';

/** Condition on the rows of a table that its charge point carries all of these tags. */
export function taggedStation(table: string, tags: string): string {
  return `EXISTS (SELECT FROM charge_points tagged WHERE tagged.cp_id = ${table}.cp_id AND tagged.tags @> ${tags})`;
}

/** Selects a mirror's rows of the station, by property names and without these columns. */
export function recordsOf<Name extends TableName>(
  name: Name,
  without: readonly (keyof ColumnsOf<Name> & string)[] = ['cp_id' as keyof ColumnsOf<Name> & string],
): string {
  return `SELECT ${selectBut(name, without)} FROM ${name} WHERE ${OF_STATION}`;
}
