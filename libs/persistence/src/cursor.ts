import { decodeCursor, encodeCursor, type Page } from '@ocpp-gw/contracts';

const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/;

/** The parts of a key, all of them text. @throws InvalidCursorError */
export function textsOf(cursor: string, parts: number): string[] {
  return decodeCursor(cursor, (key) => {
    if (!Array.isArray(key) || key.length !== parts || !key.every(isText)) throw new Error('not the key of this list');
    return key as string[];
  });
}

/** Other values would cause a database error. */
function isText(part: unknown): boolean {
  return typeof part === 'string' && part.isWellFormed() && !part.includes('\0');
}

/** Whether it is a positive bigint's text: anything else would be a database error. */
export function isBigint(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}

/** The id that is the whole key. @throws InvalidCursorError */
export function uuidOf(cursor: string): string {
  return decodeCursor(cursor, (key) => {
    if (!Array.isArray(key) || typeof key[0] !== 'string' || !UUID.test(key[0]))
      throw new Error('not the key of this list');
    return key[0];
  });
}

/** A page of the rows, of which one more than the limit was read; `keyOf` is what they are sorted by. */
export function pageOf<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string | number): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor([keyOf(last)]) : null };
}
