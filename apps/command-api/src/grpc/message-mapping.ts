import { ScalarType, type DescEnum, type DescField, type DescMessage } from '@bufbuild/protobuf';
import { camelCase } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { isNullable, unwrapped } from '../unwrapped.ts';

/** Converts between a message of the generated code (camelCase, enums as numbers) and a REST body or answer. */
export interface MessageMapping {
  toRest(message: object): Record<string, unknown>;
  /** The codec fills in zero values. */
  toMessage(body: object): Record<string, unknown>;
}

interface FieldMapping {
  rest: string;
  key: string;
  toRest(value: unknown): unknown;
  toMessage(value: unknown): unknown;
}

/**
 * `renamed` holds the fields that only the message has, by their name in the body.
 * @throws Error when message and schema differ, because REST and gRPC must have the same fields
 */
export function mapMessage(
  message: DescMessage,
  schema: z.ZodObject,
  renamed: Readonly<Record<string, string>> = {},
): MessageMapping {
  const names = message.fields.map(({ name }) => renamed[name] ?? name);
  const strangers = Object.keys(schema.shape).filter((name) => !names.includes(name));
  if (strangers.length > 0) throw new Error(`the message ${message.name} lacks ${strangers.join(', ')}`);
  const fields = message.fields.map((field) => {
    const rest = renamed[field.name] ?? field.name;
    const own = (schema.shape as Record<string, z.ZodType>)[rest];
    if (!own && !(field.name in renamed)) throw new Error(`no body has the field ${field.name} of ${message.name}`);
    return mapField(field, { rest, schema: own && unwrapped(own), mayBeNull: own !== undefined && isNullable(own) });
  });
  return {
    toRest: (from) =>
      entriesOf(fields, ({ rest, key, toRest }) => [rest, toRest((from as Record<string, unknown>)[key])]),
    toMessage: (from) =>
      entriesOf(fields, ({ rest, key, toMessage }) => [key, toMessage((from as Record<string, unknown>)[rest])]),
  };
}

function entriesOf(
  fields: readonly FieldMapping[],
  entry: (field: FieldMapping) => [string, unknown],
): Record<string, unknown> {
  return Object.fromEntries(fields.map(entry).filter(([, value]) => value !== undefined));
}

function mapField(
  field: DescField,
  { rest, schema, mayBeNull }: { rest: string; schema: z.ZodType | undefined; mayBeNull: boolean },
): FieldMapping {
  const key = camelCase(field.name);
  const repeated = field.fieldKind === 'list';
  const one = mapValue(
    field,
    repeated && schema instanceof z.ZodArray ? unwrapped(schema.element as z.ZodType) : schema,
  );
  const each = (map: (value: unknown) => unknown) => (values: unknown) =>
    Array.isArray(values) ? values.map(map) : undefined;
  const toRest = repeated ? each(one.toRest) : one.toRest;
  const toMessage = repeated ? each(one.toMessage) : one.toMessage;
  const absent = absence(field, repeated);
  return {
    rest,
    key,
    toRest: (value) => {
      if (absent(value)) return undefined;
      // Whoever sends an empty text for what may be null means null.
      return mayBeNull && value === '' ? null : toRest(value);
    },
    toMessage: (value) => (value === undefined || value === null ? undefined : toMessage(value)),
  };
}

/** In proto3 only optional fields can be absent. For other fields, except a bool, the zero value means "not given". */
function absence({ proto, scalar }: DescField, repeated: boolean): (value: unknown) => boolean {
  if (repeated) return (value) => Array.isArray(value) && value.length === 0;
  if (proto.proto3Optional || scalar === ScalarType.BOOL) return (value) => value === undefined;
  return (value) => value === undefined || value === 0 || value === '';
}

type ValueMapping = Pick<FieldMapping, 'toRest' | 'toMessage'>;

const AS_IT_IS: ValueMapping = { toRest: (value) => value, toMessage: (value) => value };
/** A yes or no in a query, which is text. */
const FLAG: ValueMapping = { toRest: String, toMessage: (value) => value };
/** A value that is a number or a text. */
const AS_TEXT: ValueMapping = { toRest: (value) => value, toMessage: String };

/** The types of protobuf that the generated code has as values of JavaScript. */
const WELL_KNOWN: Readonly<Record<string, ValueMapping>> = {
  'google.protobuf.Timestamp': {
    toRest: (value) => (value as Date).toISOString(),
    toMessage: (value) => new Date(value as string),
  },
  'google.protobuf.Struct': AS_IT_IS,
  'google.protobuf.Value': AS_IT_IS,
};

function mapValue(field: DescField, schema: z.ZodType | undefined): ValueMapping {
  if (field.enum) return mapEnum(field.enum, schema);
  if (field.scalar === ScalarType.BOOL && schema instanceof z.ZodEnum) return FLAG;
  if (schema instanceof z.ZodUnion) return AS_TEXT;
  if (!field.message) return AS_IT_IS;
  const wellKnown = WELL_KNOWN[field.message.typeName];
  if (wellKnown) return wellKnown;
  if (!(schema instanceof z.ZodObject)) throw new Error(`the field ${field.name} is no object in the body`);
  const { toRest, toMessage } = mapMessage(field.message, schema);
  return { toRest: (value) => toRest(value as object), toMessage: (value) => toMessage(value as object) };
}

/** Matches enum names by their letters without case: CHARGING_RATE_UNIT_A is "A", LOG_TYPE_SECURITY_LOG is "SecurityLog". */
function mapEnum({ name: enumeration, values }: DescEnum, schema: z.ZodType | undefined): ValueMapping {
  if (!(schema instanceof z.ZodEnum)) throw new Error(`the enum ${enumeration} is none in the body`);
  const prefix = letters(enumeration).length;
  const numbers = new Map(values.map(({ name, number }) => [letters(name).slice(prefix), number]));
  const named = schema.options.map((value): [string, number] => {
    const number = numbers.get(letters(String(value)));
    if (!number) throw new Error(`the enum ${enumeration} lacks ${String(value)}`);
    return [String(value), number];
  });
  const byValue = new Map<unknown, number>(named);
  const byNumber = new Map<unknown, string>(named.map(([value, number]) => [number, value]));
  // An unknown number is left to the schema, whose refusal names the values that exist.
  return { toRest: (number) => byNumber.get(number) ?? number, toMessage: (value) => byValue.get(value) };
}

function letters(name: string): string {
  return name.replaceAll('_', '').toUpperCase();
}
