import { describe, expect, it } from '@jest/globals';
import { flag, port, seconds } from '@ocpp-gw/service-kit';
import { z } from 'zod';
import { isVariable, valueSchema, variablesOf } from './variables.ts';

const commaList = (item: z.ZodType) =>
  z
    .string()
    .default('')
    .transform((list): unknown => list.split(','))
    .pipe(z.array(item));

describe(valueSchema, () => {
  it.each([
    ['a port', port().default(9000), { type: 'integer', minimum: 0, maximum: 65_535, default: 9000 }],
    ['a switch', flag().default(false), { type: 'boolean', default: false }],
    ['seconds', seconds().min(0.1).default(3), { type: 'number', minimum: 0.1, default: 3 }],
    ['a choice', z.enum(['a', 'b']).default('a'), { type: 'string', enum: ['a', 'b'], default: 'a' }],
    [
      'a choice in any letter case',
      z
        .string()
        .toUpperCase()
        .pipe(z.enum(['INFO']))
        .default('INFO'),
      { type: 'string', enum: ['INFO'], default: 'INFO' },
    ],
    ['a text', z.string().min(16).optional(), { type: 'string', minLength: 16 }],
    ['a URL', z.url({ protocol: /^rediss?$/ }), { type: 'string', format: 'uri', pattern: '^(rediss?)://' }],
    ['what code alone can read', z.string().transform(() => new Map()), { type: 'string' }],
  ])('takes %s as the variable does', (_, field, expected) => {
    expect(valueSchema('EVEYS_OCPP_X', field.describe('Meaning'))).toEqual({ ...expected, description: 'Meaning' });
  });

  it('takes a list as a list, whose items are checked, or as text with commas', () => {
    const schema = valueSchema('EVEYS_OCPP_X', commaList(z.string().regex(/^\w+:\d+$/)));
    expect(schema).toMatchObject({ type: ['array', 'string'], items: { pattern: '^\\w+:\\d+$' } });
    const pattern = new RegExp(schema.pattern ?? '');
    expect(['a:1', 'a:1, b:2'].every((text) => pattern.test(text))).toBe(true);
    expect(['', 'a', 'a:1,', 'a:1,b'].some((text) => pattern.test(text))).toBe(false);
  });

  it('takes a list of objects as a list alone: no schema sees what is in JSON', () => {
    const item = z.strictObject({ name: z.string(), ordered: z.boolean().default(true) });
    const schema = valueSchema('EVEYS_OCPP_X', commaList(item));
    expect(schema).toMatchObject({ type: 'array', items: { required: ['name'], additionalProperties: false } });
  });

  it('takes a list of texts of a least length, as text too', () => {
    const pattern = new RegExp(valueSchema('EVEYS_OCPP_X', commaList(z.string().min(2))).pattern ?? '');
    expect([pattern.test('ab, cd'), pattern.test('ab,c')]).toEqual([true, false]);
  });

  it('takes a map whose names are listed as an object that has these names alone', () => {
    const field = z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(
        z.partialRecord(
          z.enum(['cp.meter', '*']),
          z.strictObject({ days: z.int() }).transform(({ days }) => days),
        ),
      );
    const schema = valueSchema('EVEYS_OCPP_X', field);
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(schema.patternProperties).toMatchObject({
      [String.raw`^(cp\.meter|\*)$`]: { required: ['days'], additionalProperties: false },
    });
  });

  it('takes no map of any names: helm would not say which of them is wrong', () => {
    const field = z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(z.record(z.string(), z.int()));
    expect(() => valueSchema('EVEYS_OCPP_X', field)).toThrow('EVEYS_OCPP_X');
  });

  it('takes the pattern that a declaration has beside its code', () => {
    const field = z
      .string()
      .transform(() => new Map())
      .meta({ pattern: '^a$' });
    expect(valueSchema('EVEYS_OCPP_X', field)).toMatchObject({ type: 'string', pattern: '^a$' });
  });

  it('has no default that depends on the machine', () => {
    expect(valueSchema('EVEYS_OCPP_POD_NAME', z.string().default('this-machine-1'))).not.toHaveProperty('default');
  });
});

it.each([
  ['EVEYS_OCPP_LOG_LEVEL', true],
  ['OTEL_TRACES_SAMPLER_ARG', true],
  ['image', false],
  ['minReadySeconds', false],
])('%s is a variable: %s', (name, expected) => {
  expect(isVariable(name)).toBe(expected);
});

describe(variablesOf, () => {
  it('sorts by name and says what may be shown', () => {
    const declared = z.object({
      EVEYS_OCPP_DB_URL: z.string(),
      EVEYS_OCPP_BACKEND_TOKEN: z.string(),
      EVEYS_OCPP_WS_PORT: port(),
    });
    expect(variablesOf(declared).map(({ name, secrecy }) => [name, secrecy])).toEqual([
      ['EVEYS_OCPP_BACKEND_TOKEN', 'secret'],
      ['EVEYS_OCPP_DB_URL', 'url'],
      ['EVEYS_OCPP_WS_PORT', 'open'],
    ]);
  });
});
