import { decodeCursor } from '@ocpp-gw/contracts';

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
