import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { requestFaults } from './request-faults.ts';

const schema = z.strictObject({ 'a/b': z.string(), list: z.array(z.strictObject({ n: z.int() })).optional() });

function faults(value: unknown, place: 'body' | 'parameter' = 'body'): ReturnType<typeof requestFaults> {
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
    expect(parsed.error && requestFaults(parsed.error, 'body', body)).toEqual([
      { pointer: '/b', message: 'is not known here; known are a' },
    ]);
  });

  it('names a query parameter plainly', () => {
    expect(faults({ 'a/b': '', colour: 'red' }, 'parameter')[0]?.parameter).toBe('colour');
  });
});
