/** One page; `nextCursor` null on the last. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Thrown when a page cursor is none that the list gave out. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  readonly retriable = false;

  constructor(options?: ErrorOptions) {
    super(
      'the cursor is not valid: pass the nextCursor of the previous page unchanged, or none for the first',
      options,
    );
  }
}

/** Opaque to callers: the sort key of the last row of a page. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** What the cursor holds, if `read` takes it; it may be anything. @throws InvalidCursorError */
export function decodeCursor<Key>(cursor: string, read: (held: unknown) => Key): Key {
  try {
    return read(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new InvalidCursorError({ cause });
  }
}
