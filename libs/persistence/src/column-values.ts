const INT32_MAX = 2_147_483_647;

/**
 * The schemas do not limit integers, but columns and protobuf fields hold 32 bits. A number that does not fit becomes
 * the nearest one that does.
 */
export function int32(value: number): number {
  return Math.max(-INT32_MAX - 1, Math.min(INT32_MAX, Math.trunc(value)));
}

export function optionalInt32(value: number | undefined): number | undefined {
  return value === undefined ? undefined : int32(value);
}

/** Postgres holds neither NUL nor half a surrogate pair; a charger may send both. */
export function cleanText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** How JSON writes NUL and halves of surrogate pairs; it may also be found where neither is. */
const MAYBE_UNCLEAN = /\\u(?:0000|d[89a-f])/;

/** Makes the parameter of jsonb_to_recordset, by which a statement takes any number of rows in one value. */
export function recordset(rows: readonly object[]): string {
  const text = JSON.stringify(rows);
  if (!MAYBE_UNCLEAN.test(text)) return text;
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'string' ? cleanText(value) : value));
}

/** Makes the parameter of a jsonb column. */
export function jsonText(value: object): string {
  return recordset([value]).slice(1, -1);
}

/** Converts a time in a message for a timestamptz; undefined when the text is not a time. */
export function instant(text: string | undefined): Date | undefined {
  const at = new Date(text ?? NaN);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
