import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ProblemError } from '../problems/problem-error.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

describe('a cursor of meter values', () => {
  it('brings back the position it was made of', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8.64e15 }),
        fc.uuid({ version: 7 }),
        fc.integer({ min: 0, max: 65_535 }),
        (at, event, sample) => {
          const cursor = encodeCursor([at, event, sample]);
          expect(cursor).toMatch(/^[\w-]+$/);
          expect(decodeCursor(cursor)).toEqual([at, event, sample]);
        },
      ),
    );
  });

  it('is refused when it is anything else, never with another error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (text) => {
          expect(() => decodeCursor(text)).toThrow(ProblemError);
        },
      ),
    );
  });
});
