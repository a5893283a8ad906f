import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, instant, int32, recordset } from './column-values.ts';

describe('int32', () => {
  it.each([
    [1, 1],
    [-1, -1],
    [9_223_372_036_854_776_000, 2_147_483_647],
    [-9e18, -2_147_483_648],
    [2.9, 2],
  ])('brings %d to %d', (value, expected) => {
    expect(int32(value)).toBe(expected);
  });
});

describe('cleanText', () => {
  it('takes out what Postgres cannot hold and nothing else', () => {
    expect(cleanText('a\0b')).toBe('ab');
    expect(cleanText('half \ud83d pair')).toBe('half \ufffd pair');
    expect(cleanText('Straße 🚗 \\u0000')).toBe('Straße 🚗 \\u0000');
  });
});

describe('recordset', () => {
  it('is JSON without NUL or half pairs, whatever text a charger sends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (key, text) => {
        const encoded = recordset([{ text: `${text}\0${key}\ud800` }]);
        expect((JSON.parse(encoded) as { text: string }[])[0]?.text).toBe(cleanText(`${text}${key}\ud800`));
      }),
    );
  });
});

describe('instant', () => {
  it.each([
    ['2026-04-01T10:00:00+02:00', '2026-04-01T08:00:00.000Z'],
    ['never', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j as %j', (text, at) => {
    expect(instant(text)?.toISOString()).toBe(at);
  });
});
