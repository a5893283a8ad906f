import { readCursor } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { ProblemError } from '../problems/problem-error.ts';

/** Unix milliseconds as ClickHouse has them, from 1900 to 2299. */
const moment = z
  .int()
  .min(Date.UTC(1900, 0))
  .max(Date.UTC(2300, 0) - 1);

/** Where a page ended: the sort key of its last row, time first. */
export const meterValuePosition = z.tuple([moment, z.uuid(), z.int().min(0).max(65_535)]);
export const eventPosition = z.tuple([moment, z.uuid()]);

/** @throws ProblemError when the text is not one that we made for this list. */
export function decodeCursor<Position>(cursor: string, position: z.ZodType<Position>): Position {
  try {
    return position.parse(readCursor(cursor));
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
