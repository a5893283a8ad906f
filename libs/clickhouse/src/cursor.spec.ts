import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidPositionError, decodeCursor, encodeCursor, eventPosition, meterValuePosition } from './cursor.ts';

describe('a cursor', () => {
  it('brings back the position it was made of', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2300, 0) - 1 }),
        fc.uuid({ version: 7 }),
        fc.integer({ min: 0, max: 65_535 }),
        (at, event, sample) => {
          const cursor = encodeCursor([at, event, sample]);
          expect(cursor).toMatch(/^[\w-]+$/);
          expect(decodeCursor(cursor, meterValuePosition)).toEqual([at, event, sample]);
          expect(decodeCursor(encodeCursor([at, event]), eventPosition)).toEqual([at, event]);
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
          expect(() => decodeCursor(text, meterValuePosition)).toThrow(InvalidPositionError);
        },
      ),
    );
  });

  it.each([-8.64e15, Date.UTC(1899, 11, 31), Date.UTC(2300, 0), Number.MAX_SAFE_INTEGER])(
    'S3 is refused with a time that ClickHouse does not have: %d',
    (at) => {
      const position = [at, '01890a5d-ac96-774b-bcce-b302099a8057'] as const;
      expect(() => decodeCursor(encodeCursor([...position]), eventPosition)).toThrow(InvalidPositionError);
      expect(() => decodeCursor(encodeCursor([...position, 0]), meterValuePosition)).toThrow(InvalidPositionError);
    },
  );

  it('of one list is refused by another', () => {
    const cursor = encodeCursor([0, '01890a5d-ac96-774b-bcce-b302099a8057']);
    expect(() => decodeCursor(cursor, meterValuePosition)).toThrow(InvalidPositionError);
  });
});
