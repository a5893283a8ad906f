import type { OpenAPIObject } from '@nestjs/swagger';
import { OUTBOUND_ACTIONS } from '../../commands/check-call.ts';
import type { Operation } from './operations.ts';
import { BY_NAME, BY_SCHEMA } from './example-values.ts';

interface Schema {
  $ref?: string;
  /** OpenAPI 3.1 has several types for a field that may be null. */
  type?: string | readonly string[];
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  example?: unknown;
  examples?: readonly unknown[];
  minimum?: number;
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}

const ACTIONS = [...OUTBOUND_ACTIONS.values()].flat();

/** Gives every successful answer that has no example one that fits its schema. */
export function addExamples({ components }: OpenAPIObject, operations: readonly Operation[]): void {
  const schemas = (components?.schemas ?? {}) as Record<string, Schema>;
  for (const { operationId, responses } of operations)
    for (const [status, { content }] of Object.entries(responses)) {
      const media = content?.['application/json'];
      if (!media || Number(status) >= 300 || media.example !== undefined || media.examples) continue;
      media.example = ofOperation(operationId, exampleOf(media.schema as Schema, { schemas }));
    }
}

/** The answer to a command names the action of the command. */
function ofOperation(operationId: string, example: unknown): unknown {
  if (typeof example !== 'object' || example === null || !('action' in example) || 'cp_id' in example) return example;
  const name = operationId.toLowerCase();
  const action = ACTIONS.find((each) => each.toLowerCase().startsWith(name));
  return { ...example, ...(action && { action }) };
}

interface Place {
  schemas: Record<string, Schema>;
  /** Name of the field that the schema is for. */
  field?: string;
  /** Name of the schema. */
  id?: string;
}

function exampleOf(schema: Schema, place: Place): unknown {
  if (schema.$ref) {
    const id = schema.$ref.split('/').at(-1) as string;
    return exampleOf(place.schemas[id] ?? {}, { ...place, id });
  }
  const own = schema.example ?? schema.examples?.[0];
  if (own !== undefined) return own;
  if (Array.isArray(schema.type)) return exampleOf(oneType(schema), place);
  if (schema.anyOf) return ofAlternatives(schema, place);
  if (schema.const !== undefined) return schema.const;
  const named = BY_NAME[place.field ?? '']?.find((value) => fits(schema, value));
  if (named !== undefined) return named;
  if (schema.enum) return schema.enum[0];
  return ofType(schema, place);
}

/** The known values of an open list, or what the field is when it is not null. */
function ofAlternatives({ anyOf = [] }: Schema, place: Place): unknown {
  const named = BY_NAME[place.field ?? '']?.find((value) => anyOf.some((each) => fits(each, value)));
  if (named !== undefined) return named;
  const [first, ...others] = anyOf.filter(({ type }) => type !== 'null');
  if (!first) return null;
  const nullable = anyOf.length > others.length + 1;
  // A text of which nothing more is known has no good example, but null is one.
  if (nullable && first.type === 'string' && !first.enum && !first.format && first.examples === undefined) return null;
  return exampleOf(first, place);
}

/** The same as alternatives. */
function oneType({ type, ...schema }: Schema): Schema {
  return {
    anyOf: (type as readonly string[]).map((each) => (each === 'null' ? { type: each } : { ...schema, type: each })),
  };
}

function ofType({ type, format, items, minimum, properties = {} }: Schema, place: Place): unknown {
  switch (type) {
    case 'object':
      return ofObject(properties, place);
    case 'array':
      return items ? [exampleOf(items, { ...place, id: undefined })] : [];
    case 'integer':
    case 'number':
      return Math.max(minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'string':
      return format === 'date-time' ? '2026-01-31T12:00:00Z' : (place.field ?? '');
    case undefined:
    default:
      return {};
  }
}

function ofObject(properties: Record<string, Schema>, { schemas, id = '' }: Place): object {
  const given = BY_SCHEMA[id] ?? {};
  return Object.fromEntries(
    Object.entries(properties).map(([field, schema]) => [
      field,
      field in given ? given[field] : field === 'next_cursor' ? null : exampleOf(schema, { schemas, field }),
    ]),
  );
}

function fits(schema: Schema, value: unknown): boolean {
  if (schema.enum) return schema.enum.includes(value);
  if (schema.type === 'integer') return Number.isInteger(value);
  if (schema.type === 'array') return Array.isArray(value);
  if (schema.format === 'date-time') return false;
  return schema.type === typeof value;
}
