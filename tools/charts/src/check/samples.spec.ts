import { describe, expect, it } from '@jest/globals';
import { ROOT } from '@ocpp-gw/rig/settings';
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asText, sample, SECTIONS, variablesIn, WRONG, type ValueSchema } from './samples.ts';

const APPS = ['ws-edge', 'command-api', 'clickhouse-ingestor', 'webhook-dispatcher'];

/** Rows of the configuration reference: a variable, and who reads it. */
const reference = [
  ...readFileSync(join(ROOT, 'docs/11-configuration-reference.md'), 'utf8').matchAll(
    /^\| `(\w+)` \| [^|]* \| ([^|]+) \|/gm,
  ),
].map(([, name, readers]) => ({ name: name!, apps: readers!.trim() === 'all' ? APPS : readers!.trim().split(', ') }));

const charts = new Map(
  APPS.map((app) => {
    const schema = JSON.parse(readFileSync(join(ROOT, 'charts', app, 'values.schema.json'), 'utf8')) as ValueSchema;
    const ajv = new Ajv({ strict: false, allErrors: true, formats: { uri: true } });
    return [app, { schema, validate: ajv.compile({ ...schema, required: [] }) }] as const;
  }),
);

const rows = reference.flatMap(({ name, apps }) => apps.map((app) => ({ name, app })));

it('the reference was read', () => {
  expect(reference.length).toBeGreaterThan(90);
});

describe('each variable of the configuration reference', () => {
  it.each(rows)('$name can be set in the chart $app, and a wrong value is refused by its name', ({ name, app }) => {
    const { schema, validate } = charts.get(app)!;
    const found = SECTIONS.flatMap((section) =>
      variablesIn(schema, section).flatMap(([known, one]) => (known === name ? [{ section, one }] : [])),
    );
    // A secret stands in `config` without a type: the chart's template refuses it there (`make charts` shows it).
    const typed = found.filter(({ one }) => one.type ?? one.enum);
    expect(typed).not.toEqual([]);
    for (const { section, one } of typed) {
      expect([validate({ [section]: { [name]: sample(name, one) } }), validate.errors]).toEqual([true, null]);
      expect(validate({ [section]: { [name]: WRONG } })).toBe(false);
      expect(validate.errors?.map(({ instancePath }) => instancePath)).toContain(`/${section}/${name}`);
    }
  });

  it.each(APPS)('%s: a variable that does not exist is refused', (app) => {
    expect(charts.get(app)!.validate({ config: { EVEYS_OCPP_NO_SUCH: 1 } })).toBe(false);
  });
});

describe('sample', () => {
  it.each<[string, ValueSchema, unknown]>([
    ['another value than the default', { type: 'boolean', default: true }, false],
    ['another member of a list', { enum: ['a', 'b'], default: 'a' }, 'b'],
    ['the next number', { type: 'integer', minimum: 1, default: 3 }, 4],
    ['a number within its bounds', { type: 'integer', minimum: 1, maximum: 3, default: 3 }, 3],
    ['a number above an open bound', { type: 'number', exclusiveMinimum: 0 }, 1],
    ['an example', { type: 'string', examples: ['x'] }, 'x'],
    ['a list of one', { type: ['array', 'string'], items: { enum: ['a'] } }, ['a']],
    [
      'the fields that are required',
      { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
      { a: 0 },
    ],
  ])('gives %s', (_title, schema, value) => {
    expect(sample('X', schema)).toEqual(value);
  });

  it('says where it knows none', () => {
    expect(() => sample('X', { type: 'string', pattern: '^never$' })).toThrow(
      'X: there is no sample for the pattern ^never$',
    );
  });
});

it.each([
  ['a', 'a'],
  [['a', 'b'], 'a,b'],
  [7, '7'],
  [[{ a: 1 }], '[{"a":1}]'],
])('%j is %s in the environment', (value, text) => {
  expect(asText(value)).toBe(text);
});
