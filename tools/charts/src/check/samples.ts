/** Values to try: for each variable one that fits its schema, and one that no schema of a variable allows. */

export interface ValueSchema {
  type?: string | string[];
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  pattern?: string;
  format?: string;
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  items?: ValueSchema;
  required?: string[];
  properties?: Record<string, ValueSchema>;
  additionalProperties?: boolean | ValueSchema;
}

/** No variable takes an object with a field that nobody knows. */
export const WRONG = { 'no-such-field': true };

/** The parts of a chart's values that are named by variables. */
export const SECTIONS = ['config', 'secretConfig'] as const;

/** What a schema cannot say: texts that have to be one of what the code knows. */
const BY_NAME: Readonly<Record<string, unknown>> = { 'EVEYS_OCPP_WEBHOOKS.events': ['tx.*'] };

/** Values that some variables take and others do not. */
export const CANDIDATES: readonly unknown[] = [
  ...[-1, 0, 0.5, 1, 7, 65_535, 65_536, 1e9, true, false],
  ...['', ' ', 'nonsense!', 'true', 'yes', '7', '-1', '1e3', 'DEBUG', 'debug', '/path', '/path/'],
  ...[
    'http://a.example',
    'https://a.example/x',
    'redis://a:6379',
    'rediss://a',
    'postgresql://a/b',
    'postgres://a',
    'a:9092,b:9092',
  ],
  ...['[]', '[{}]', '{}', '[1]', 'allow', 'cost', 'cost,nonsense'],
  ...[
    [],
    ['nonsense!'],
    ['a:9092', 'b:9092'],
    ['cost'],
    [{}],
    [{ vendor_id: 'v' }],
    [{ vendor_id: 'v', answer: 'never' }],
    [7],
    ['https://a.example', 'https://b.example:8443'],
    ['https://a.example/x'],
  ],
  ...[
    {},
    { nonsense: {} },
    { '*': 7 },
    { '*': { nonsense: 1 } },
    { '*': { partitions: 0 } },
    { '*': { partitions: 3 } },
  ],
];

/** Another value than the default, where there is one. */
export function sample(name: string, schema: ValueSchema): unknown {
  if (name in BY_NAME) return BY_NAME[name];
  if (schema.examples?.length) return schema.examples[0];
  if (schema.enum) return schema.enum.find((one) => one !== schema.default) ?? schema.enum[0];
  const types = [schema.type ?? 'string'].flat();
  if (types.includes('boolean')) return schema.default !== true;
  if (types.includes('integer') || types.includes('number')) return number(schema);
  if (types.includes('array')) return schema.items ? [sample(name, schema.items)] : [];
  if (types.includes('object')) return object(name, schema);
  return text(name, schema);
}

function object(name: string, { properties = {}, required = [] }: ValueSchema): Record<string, unknown> {
  return Object.fromEntries(required.map((field) => [field, sample(`${name}.${field}`, properties[field] ?? {})]));
}

function number({
  minimum = 0,
  exclusiveMinimum,
  maximum = Number.MAX_SAFE_INTEGER,
  default: fallback,
}: ValueSchema): number {
  const least = exclusiveMinimum === undefined ? Math.ceil(minimum) : Math.floor(exclusiveMinimum) + 1;
  const wanted = typeof fallback === 'number' ? Math.ceil(fallback) + 1 : least;
  return Math.max(least, Math.min(wanted, maximum));
}

function text(name: string, { minLength = 1, pattern, format, default: fallback }: ValueSchema): string {
  if (format === 'uri' && !pattern) return 'https://sample.example/path';
  const candidates = [
    typeof fallback === 'string' ? `${fallback}x` : '',
    `sample-of-${name.toLowerCase()}`.padEnd(minLength, '.'),
    '/sample',
    'wss://sample.example',
    'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
    'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
    'https://sample.example/path',
    'https://sample.example',
    'redis://sample.example:6379/1',
    'postgresql://sample.example:5432/sample',
    'sample.example:9092',
    '[]',
    '7',
  ].filter(Boolean);
  const fits = candidates.find((one) => one.length >= minLength && (!pattern || new RegExp(pattern).test(one)));
  if (fits === undefined)
    throw new Error(`${name}: there is no sample for the pattern ${pattern}: give the declaration an example`);
  return fits;
}

/** The variables of a section, by a chart's values.schema.json. */
export function variablesIn(schema: ValueSchema, section: string): [name: string, schema: ValueSchema][] {
  return Object.entries(schema.properties?.[section]?.properties ?? {});
}

/** As a container gets it: texts as they are, lists with commas, what else is no text as JSON. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(',');
  return JSON.stringify(value);
}
