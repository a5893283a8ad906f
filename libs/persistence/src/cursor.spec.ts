import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidCursorError, encodeCursor } from '@ocpp-gw/contracts';
import { isBigint, textsOf } from './cursor.ts';

describe('page cursor', () => {
  it('gives back the key it was made from', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 3 }), (key) => {
        expect(textsOf(encodeCursor(key), key.length)).toEqual(key);
      }),
    );
  });

  it('is safe in a URL', () => {
    expect(encodeCursor(['2026-01-01T00:00:00.000Z', '~~~???'])).toMatch(/^[\w-]+$/);
  });

  it.each(['', 'x', 'bm90IGpzb24', encodeCursor(['one part']), encodeCursor(['a', 'b', 'c'])])(
    'refuses %j with what to do',
    (cursor) => {
      expect(() => textsOf(cursor, 2)).toThrow(InvalidCursorError);
      expect(() => textsOf(cursor, 2)).toThrow(/nextCursor/);
    },
  );

  it.each(['a\0b', '\ud800'])('S3 refuses the text %j, which Postgres cannot hold', (text) => {
    expect(() => textsOf(encodeCursor([text]), 1)).toThrow(InvalidCursorError);
  });

  it('refuses a key that is not text', () => {
    const cursor = Buffer.from('[1,2]').toString('base64url');
    expect(() => textsOf(cursor, 2)).toThrow(InvalidCursorError);
  });

  it.each([
    ['1', true],
    ['999999999999999999', true],
    ['', false],
    ['-1', false],
    ['1; DROP', false],
    ['9999999999999999999', false],
  ])('knows whether %j is a key of a row', (text, expected) => {
    expect(isBigint(text)).toBe(expected);
  });
});
