/** The entry of a table for a name that a station or a caller chose. Inherited names such as `constructor` are no entries. */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
