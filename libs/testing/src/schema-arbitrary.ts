import fc from 'fast-check';

/** Payloads from a message's JSON Schema: valid ones, and ones with exactly one fault. For tests only. */
export interface Schema {
  type?: string;
  enum?: string[];
  format?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean;
  definitions?: Record<string, Schema>;
  $ref?: string;
}

type Json = Record<string, unknown>;

const MAX_INT32 = 2_147_483_647;
/** Beyond it the binary remainder of a tenth grows past what validators forgive. */
const MAX_MULTIPLE = 1_000_000;

export function validPayload(root: Schema): fc.Arbitrary<Json> {
  return arbitrary(root, root) as fc.Arbitrary<Json>;
}

function arbitrary(schema: Schema, root: Schema): fc.Arbitrary<unknown> {
  const {
    enum: values,
    properties = {},
    required = [],
    items,
    minItems = 0,
    maxItems = minItems + 3,
  } = resolve(schema, root);
  const { type, format, maxLength = 60, minimum = -MAX_INT32, maximum = MAX_INT32, multipleOf } = resolve(schema, root);
  if (values) return fc.constantFrom(...values);
  switch (type) {
    case 'string':
      if (format === 'date-time')
        return fc
          .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
          .map((date) => date.toISOString());
      if (format === 'uri') return uri();
      // A JSON Schema counts code points, which are the units here.
      return fc.string({ unit: 'binary', maxLength: Math.min(maxLength, 60) });
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'number':
      if (multipleOf !== undefined)
        return multiples(multipleOf, Math.max(minimum, -MAX_MULTIPLE), Math.min(maximum, MAX_MULTIPLE));
      return fc.double({ noNaN: true, noDefaultInfinity: true, min: minimum, max: maximum });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(arbitrary(items ?? {}, root), {
        minLength: minItems,
        maxLength: Math.min(maxItems, minItems + 3),
      });
    case 'object': {
      const fields = Object.entries(properties).map(([name, property]) => [name, arbitrary(property, root)] as const);
      return fc.record(Object.fromEntries(fields), { requiredKeys: required, noNullPrototype: true });
    }
    case undefined:
    default:
      return fc.jsonValue();
  }
}

/** Divides, as 3 * 0.1 is not 0.3. */
function multiples(of: number, min: number, max: number): fc.Arbitrary<number> {
  const steps = 1 / of;
  const range = fc.integer({ min: Math.ceil(min * steps), max: Math.floor(max * steps) });
  return range.map((step) => step / steps);
}

/** Places that files are fetched from and sent to. */
function uri(): fc.Arbitrary<string> {
  return fc.webUrl({
    validSchemes: ['http', 'https', 'ftp', 'ftps', 'sftp'],
    authoritySettings: { withUserInfo: true, withPort: true },
    withQueryParameters: true,
  });
}

export interface Fault {
  /** What was done, for the report of a failing property. */
  what: string;
  code: string;
  payload: Json;
}

/** Every way to break `payload` in one place. */
export function singleFaults(root: Schema, payload: Json): Fault[] {
  return [...breakAt(root, payload, '', root)].map(({ what, code, value }) => ({ what, code, payload: value as Json }));
}

interface Broken {
  what: string;
  code: string;
  value: unknown;
}

function* breakAt(unresolved: Schema, value: unknown, path: string, root: Schema): Generator<Broken> {
  const schema = resolve(unresolved, root);
  if (schema.type === undefined) return;
  const broken = (what: string, code: string, by: unknown): Broken => ({
    what: `${path || '/'} ${what}`,
    code,
    value: by,
  });
  yield broken('has another type', 'TypeConstraintViolation', schema.type === 'string' ? 42 : 'text');
  if (schema.enum) yield broken('is no value of the enum', 'PropertyConstraintViolation', 'NoSuchValue');
  if (schema.maxLength !== undefined)
    yield broken('is too long', 'PropertyConstraintViolation', 'x'.repeat(schema.maxLength + 1));
  if (schema.format === 'date-time') yield broken('is no time', 'PropertyConstraintViolation', 'yesterday');
  if (schema.format === 'uri') yield broken('is no URI', 'PropertyConstraintViolation', 'no scheme');
  if (schema.minimum !== undefined) yield broken('is too low', 'PropertyConstraintViolation', schema.minimum - 1);
  if (schema.maximum !== undefined) yield broken('is too high', 'PropertyConstraintViolation', schema.maximum + 1);
  if (schema.multipleOf !== undefined)
    yield broken('is no multiple', 'PropertyConstraintViolation', 1.5 * schema.multipleOf);
  if (Array.isArray(value)) yield* breakArray(schema, value, path, root);
  else if (schema.type === 'object') yield* breakObject(schema, value as Json, path, root);
}

function* breakArray(schema: Schema, value: readonly unknown[], path: string, root: Schema): Generator<Broken> {
  const broken = (what: string, by: unknown): Broken => ({
    what: `${path} ${what}`,
    code: 'OccurrenceConstraintViolation',
    value: by,
  });
  if (schema.minItems) yield broken('has too few', value.slice(0, schema.minItems - 1));
  if (schema.maxItems !== undefined && value.length > 0)
    yield broken('has too many', Array(schema.maxItems + 1).fill(value[0]));
  for (const [index, item] of value.entries())
    for (const inner of breakAt(schema.items ?? {}, item, `${path}/${index}`, root))
      yield { ...inner, value: value.with(index, inner.value) };
}

function* breakObject(schema: Schema, value: Json, path: string, root: Schema): Generator<Broken> {
  if (schema.additionalProperties === false)
    yield { what: `${path}/x is unknown`, code: 'FormatViolation', value: { ...value, x: 1 } };
  for (const name of schema.required ?? []) {
    const { [name]: _missing, ...others } = value;
    yield { what: `${path}/${name} is missing`, code: 'OccurrenceConstraintViolation', value: others };
  }
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    if (Object.hasOwn(value, name))
      for (const inner of breakAt(property, value[name], `${path}/${name}`, root))
        yield { ...inner, value: { ...value, [name]: inner.value } };
}

function resolve(schema: Schema, root: Schema): Schema {
  if (!schema.$ref) return schema;
  const name = schema.$ref.replace('#/definitions/', '');
  const found = root.definitions?.[name];
  if (!found) throw new Error(`${schema.$ref} does not resolve`);
  return found;
}
