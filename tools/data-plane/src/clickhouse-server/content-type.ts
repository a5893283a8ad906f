/** Content types as ClickHouse sends them. */
export function contentTypeOf(format: string): string {
  if (/^JSON(Each|Compact(Strings)?Each|StringsEach)Row/.test(format)) return 'application/x-ndjson; charset=UTF-8';
  if (format.startsWith('JSON')) return 'application/json; charset=UTF-8';
  if (format.startsWith('CSV')) return 'text/csv; charset=UTF-8; header=absent';
  if (/^(TabSeparated|TSV)/.test(format)) return 'text/tab-separated-values; charset=UTF-8';
  if (/^(RowBinary|Native|Parquet|Arrow|ORC|Protobuf|Avro|MsgPack|BSON)/.test(format))
    return 'application/octet-stream';
  return 'text/plain; charset=UTF-8';
}
