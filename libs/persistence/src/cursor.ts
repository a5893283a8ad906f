import { InvalidCursorError } from './errors.ts';

/** Encodes the sort key of the last row of a page. It is opaque to callers. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Decodes a cursor, which may hold anything. @throws InvalidCursorError */
function readCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw new InvalidCursorError({ cause });
  }
}

/** @throws InvalidCursorError */
export function decodeCursor(cursor: string, parts: number): string[] {
  const key = readCursor(cursor);
  if (!Array.isArray(key) || key.length !== parts || !key.every(isText)) throw new InvalidCursorError();
  return key as string[];
}

/** Other values would cause a database error. */
function isText(part: unknown): boolean {
  return typeof part === 'string' && part.isWellFormed() && !part.includes('\0');
}

/** Whether the text is a positive bigint. Other texts would cause a database error. */
export function isBigint(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}
