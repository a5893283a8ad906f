import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { ProblemError } from './problem-error.ts';
import { readInput, requestFaults, type Place } from './request-faults.ts';

const schema = z.strictObject({ 'a/b': z.string(), list: z.array(z.strictObject({ n: z.int() })).optional() });

function faults(value: unknown, place: Place = { in: 'body' }): ReturnType<typeof requestFaults> {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : requestFaults(parsed.error, place, schema);
}

describe('requestFaults', () => {
  it('points into the body as RFC 6901 says', () => {
    expect(faults({ 'a/b': 1 })).toEqual([{ pointer: '/a~1b', message: expect.stringMatching(/string/) }]);
    expect(faults({ 'a/b': '', list: [{ n: 1.5 }] })[0]?.pointer).toBe('/list/0/n');
    expect(faults(null)).toEqual([{ pointer: '', message: expect.any(String) }]);
  });

  it('names each unknown field, and the known ones', () => {
    expect(faults({ 'a/b': '', x: 1, y: 2 })).toEqual([
      { pointer: '/x', message: 'is not known here; known are a/b, list' },
      { pointer: '/y', message: 'is not known here; known are a/b, list' },
    ]);
    expect(faults({ 'a/b': '', list: [{ n: 1, m: 1 }] })).toEqual([
      { pointer: '/list/0/m', message: 'is not known here' },
    ]);
  });

  it('knows the fields of a body that may be absent', () => {
    const body = z.strictObject({ a: z.int().optional() }).prefault({});
    const parsed = body.safeParse({ b: 1 });
    expect(parsed.error && requestFaults(parsed.error, { in: 'body' }, body)).toEqual([
      { pointer: '/b', message: 'is not known here; known are a' },
    ]);
  });

  it('names a query parameter plainly', () => {
    expect(faults({ 'a/b': '', colour: 'red' }, { in: 'parameter' })[0]?.parameter).toBe('colour');
  });
});

describe('readInput', () => {
  const refusal = (check: z.ZodType, value: unknown, place: Place): ProblemError | undefined => {
    try {
      readInput(check, value, place);
      return undefined;
    } catch (error) {
      return error as ProblemError;
    }
  };

  it.each(['a\0b', '\ud800', 'x\udc00y'])('S3 refuses the text %j wherever it is', (text) => {
    expect(refusal(z.string(), text, { in: 'parameter', name: 'cp_id' })).toMatchObject({
      kind: 'invalid-parameter',
      errors: [{ parameter: 'cp_id', message: 'must be Unicode text without the character NUL' }],
    });
    expect(refusal(z.object({ type: z.string() }), { type: text }, { in: 'parameter' })?.errors).toMatchObject([
      { parameter: 'type' },
    ]);
    const nested = z.object({ list: z.array(z.object({ name: z.string() })) });
    expect(refusal(nested, { list: [{ name: '' }, { name: text }] }, { in: 'body' })).toMatchObject({
      kind: 'invalid-body',
      errors: [{ pointer: '/list/1/name' }],
    });
  });

  it("hands the payload of a charge point's own protocol on as it is", () => {
    expect(readInput(z.record(z.string(), z.unknown()), { data: 'a\0b' }, { in: 'body' })).toEqual({ data: 'a\0b' });
  });

  it('takes every other text, and looks at what the schema made of it', () => {
    const text = '\u0001 \u{10ffff} emoji 😀';
    expect(readInput(z.string(), text, { in: 'parameter' })).toBe(text);
    const encoded = z.string().transform((each) => encodeURIComponent(each));
    expect(readInput(encoded, 'a\0b', { in: 'parameter' })).toBe('a%00b');
  });
});
