const INT32_MAX = 2_147_483_647;

/** The schemas bound no integer; columns and protobuf fields hold 32 bits. What does not fit is brought to the edge. */
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

/** A parameter of jsonb_to_recordset: a statement takes any number of rows in one value. */
export function recordset(rows: readonly object[]): string {
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'string' ? cleanText(value) : value));
}

/** A moment that a message tells as text, for a timestamptz; undefined where it is none. */
export function instant(text: string | undefined): Date | undefined {
  const at = new Date(text ?? NaN);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
