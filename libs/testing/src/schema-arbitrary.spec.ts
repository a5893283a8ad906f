import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Schema, singleFaults, validPayload } from './index.ts';

const schema: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'limits'],
  definitions: { Kind: { type: 'string', enum: ['A', 'B'] } },
  properties: {
    name: { type: 'string', maxLength: 3 },
    limits: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'integer', minimum: 0, maximum: 9 } },
    kind: { $ref: '#/definitions/Kind' },
    at: { type: 'string', format: 'date-time' },
    link: { type: 'string', format: 'uri' },
    share: { type: 'number', minimum: 0, maximum: 1 },
    amps: { type: 'number', multipleOf: 0.1 },
    on: { type: 'boolean' },
    data: {},
  },
};

describe('validPayload', () => {
  it('keeps to every word of the schema', () => {
    fc.assert(
      fc.property(validPayload(schema), ({ name, limits, kind, at, link, share, amps, on }) => {
        expect([...(name as string)].length).toBeLessThanOrEqual(3);
        expect([1, 2]).toContain((limits as number[]).length);
        for (const limit of limits as number[]) expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(limit);
        expect(['A', 'B', undefined]).toContain(kind);
        if (at !== undefined) expect(new Date(at as string).toISOString()).toBe(at);
        if (link !== undefined) expect(URL.canParse(link as string)).toBe(true);
        if (share !== undefined) expect(Math.min(1, Math.max(0, share as number))).toBe(share);
        if (amps !== undefined) expect(Number((amps as number).toFixed(1))).toBe(amps);
        expect([true, false, undefined]).toContain(on);
      }),
    );
  });

  it('gives tenths from all of their range', () => {
    const tenths = fc.sample(validPayload({ type: 'number', multipleOf: 0.1, minimum: 0, maximum: 1 }), 500);
    expect(new Set(tenths)).toEqual(new Set([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]));
  });

  it('refuses a schema that refers to nothing', () => {
    expect(() => validPayload({ $ref: '#/definitions/None' })).toThrow('#/definitions/None does not resolve');
  });
});

describe('singleFaults', () => {
  it('breaks each field in each way the schema forbids, and leaves the others', () => {
    const payload = {
      name: 'abc',
      limits: [1],
      kind: 'A',
      at: '2026-01-01T00:00:00.000Z',
      link: 'ftp://host/dir/',
      share: 0.5,
      amps: 6.1,
      data: 1,
    };
    const type = 'TypeConstraintViolation';
    const property = 'PropertyConstraintViolation';
    const occurrence = 'OccurrenceConstraintViolation';
    const { name: _name, ...unnamed } = payload;
    const { limits: _limits, ...unlimited } = payload;
    expect(singleFaults(schema, payload)).toEqual([
      { what: '/ has another type', code: type, payload: 'text' },
      { what: '/x is unknown', code: 'FormatViolation', payload: { ...payload, x: 1 } },
      { what: '/name is missing', code: occurrence, payload: unnamed },
      { what: '/limits is missing', code: occurrence, payload: unlimited },
      { what: '/name has another type', code: type, payload: { ...payload, name: 42 } },
      { what: '/name is too long', code: property, payload: { ...payload, name: 'xxxx' } },
      { what: '/limits has another type', code: type, payload: { ...payload, limits: 'text' } },
      { what: '/limits has too few', code: occurrence, payload: { ...payload, limits: [] } },
      { what: '/limits has too many', code: occurrence, payload: { ...payload, limits: [1, 1, 1] } },
      { what: '/limits/0 has another type', code: type, payload: { ...payload, limits: ['text'] } },
      { what: '/limits/0 is too low', code: property, payload: { ...payload, limits: [-1] } },
      { what: '/limits/0 is too high', code: property, payload: { ...payload, limits: [10] } },
      { what: '/kind has another type', code: type, payload: { ...payload, kind: 42 } },
      { what: '/kind is no value of the enum', code: property, payload: { ...payload, kind: 'NoSuchValue' } },
      { what: '/at has another type', code: type, payload: { ...payload, at: 42 } },
      { what: '/at is no time', code: property, payload: { ...payload, at: 'yesterday' } },
      { what: '/link has another type', code: type, payload: { ...payload, link: 42 } },
      { what: '/link is no URI', code: property, payload: { ...payload, link: 'no scheme' } },
      { what: '/share has another type', code: type, payload: { ...payload, share: 'text' } },
      { what: '/share is too low', code: property, payload: { ...payload, share: -1 } },
      { what: '/share is too high', code: property, payload: { ...payload, share: 2 } },
      { what: '/amps has another type', code: type, payload: { ...payload, amps: 'text' } },
      { what: '/amps is no multiple', code: property, payload: { ...payload, amps: expect.closeTo(0.15) } },
    ]);
  });
});
