import { secrecyOf } from '@ocpp-gw/service-kit';
import { z } from 'zod';
import type { JsonSchema } from './json-schema.ts';

/** A variable of an app, as values of its chart set it. */
export interface Variable {
  name: string;
  secrecy: ReturnType<typeof secrecyOf>;
  schema: JsonSchema;
}

/** Whether a property of a schema is a variable, such as EVEYS_OCPP_LOG_LEVEL or OTEL_TRACES_SAMPLER. */
export function isVariable(property: string): boolean {
  return /^[A-Z][A-Z\d_]*$/.test(property);
}

/** Reads an app's declaration of its environment. Sorted by name. */
export function variablesOf(declaration: z.ZodObject): Variable[] {
  return Object.entries(declaration.shape)
    .map(([name, field]) => ({ name, secrecy: secrecyOf(name), schema: valueSchema(name, field as z.ZodType) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The schema of a variable's value in a values file. A list may be written as a list or as the variable has it, as text. */
export function valueSchema(name: string, field: z.ZodType): JsonSchema {
  const description = field.description ?? '';
  const { $schema: _, ...output } = z.toJSONSchema(field, { io: 'output', unrepresentable: 'any' }) as JsonSchema;
  // The default depends on the machine that the schema is made on.
  if (name === 'EVEYS_OCPP_POD_NAME') delete output.default;
  if (output.type === 'object') return { ...objectSchema(name, field), description };
  if (output.type === 'array') return { ...listSchema(field), description };
  if (Array.isArray(output.default)) return { description, type: ['array', 'string'], items: { type: 'string' } };
  if (output.type === undefined)
    return { ...(output.pattern && { pattern: output.pattern }), description, type: 'string' };
  if (output.format === 'uri') return { ...output, description, pattern: `^${protocolOf(field) ?? '[a-z]+'}://` };
  return { ...output, description };
}

/** What the environment holds as text is a list of names or JSON. */
function listSchema(field: z.ZodType): JsonSchema {
  const schema = innermostSchema(field);
  const item = itemPattern(schema.items);
  // Objects are a list alone: no schema sees what is in JSON.
  if (item === undefined) return schema;
  return { ...schema, type: ['array', 'string'], pattern: `^\\s*(${item})(\\s*,\\s*(${item}))*\\s*$` };
}

/**
 * What the environment holds as JSON is an object in a values file. Names of a map that are listed are its properties: helm
 * says where a property is wrong, and does not say it of a name (`propertyNames`).
 */
function objectSchema(name: string, field: z.ZodType): JsonSchema {
  const { propertyNames, ...schema } = innermostSchema(field);
  if (!propertyNames?.enum) throw new Error(`${name}: is a map of any names: list them with z.enum`);
  const names = propertyNames.enum.map((one) => String(one).replaceAll(/[.*]/g, '\\$&'));
  return {
    type: 'object',
    patternProperties: { [`^(${names.join('|')})$`]: schema.additionalProperties as JsonSchema },
    additionalProperties: false,
  };
}

/** What an item looks like inside a text with commas; undefined where items are objects. */
function itemPattern(item: JsonSchema | undefined): string | undefined {
  if (item?.type !== 'string') return undefined;
  if (item.enum) return item.enum.join('|');
  return item.pattern?.replace(/^\^|\$$/g, '') ?? (item.minLength ? `[^,]{${item.minLength},}` : '[^,]+');
}

/** What is written in the place of a variable's text. */
function innermostSchema(field: z.ZodType): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(innermost(field), {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema;
  return schema;
}

/** The array or object at the end of defaults, transformations and pipes. */
function innermost(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodDefault) return innermost(field.def.innerType as z.ZodType);
  if (field instanceof z.ZodPipe) return innermost(field.def.out as z.ZodType);
  return field;
}

/** The protocols that a URL may have, as a part of a regular expression. */
function protocolOf(field: z.ZodType): string | undefined {
  if (field instanceof z.ZodDefault || field instanceof z.ZodOptional)
    return protocolOf(field.def.innerType as z.ZodType);
  if (!(field instanceof z.ZodURL)) return undefined;
  return `(${field._zod.def.protocol?.source.replace(/^\^|\$$/g, '')})`;
}
