import { z } from 'zod';
import { ProblemError } from '../problems/problem-error.ts';

/** Where a page ended: the sort key of its last row, time first. */
export const meterValuePosition = z.tuple([z.int(), z.uuid(), z.int().min(0)]);
export const eventPosition = z.tuple([z.int(), z.uuid()]);

/** An opaque text for callers. */
export function encodeCursor(at: z.infer<typeof meterValuePosition | typeof eventPosition>): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

/** @throws ProblemError when the text is not one that we made for this list. */
export function decodeCursor<Position>(cursor: string, position: z.ZodType<Position>): Position {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw invalidCursor(cause);
  }
}

export function invalidCursor(cause?: unknown): ProblemError {
  return new ProblemError('invalid-parameter', {
    errors: [{ parameter: 'cursor', message: 'is no cursor of this list; send next_cursor of a page as it is' }],
    cause,
  });
}
