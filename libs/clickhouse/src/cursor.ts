import { z } from 'zod';

/** Thrown when a cursor is none that was made for the list. */
export class InvalidPositionError extends Error {
  override readonly name = 'InvalidPositionError';
  constructor(options: ErrorOptions) {
    super('the cursor is not of this list: pass the nextCursor of the previous page unchanged', options);
  }
}

/** One page; `nextCursor` null on the last. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Unix milliseconds in the range of ClickHouse, 1900 to 2299. */
const moment = z
  .int()
  .min(Date.UTC(1900, 0))
  .max(Date.UTC(2300, 0) - 1);

/** The end of a page: the sort key of its last row, with the time first. */
export const meterValuePosition = z.tuple([moment, z.uuid(), z.int().min(0).max(65_535)]);
export const eventPosition = z.tuple([moment, z.uuid()]);

/** Encodes the end of a page as a text that is opaque to callers. */
export function encodeCursor(at: z.infer<typeof meterValuePosition | typeof eventPosition>): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

/** @throws InvalidPositionError */
export function decodeCursor<Position>(cursor: string, position: z.ZodType<Position>): Position {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new InvalidPositionError({ cause });
  }
}
