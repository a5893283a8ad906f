import { grpcNameOf } from '@ocpp-gw/contracts';
import { z } from 'zod';

/** Where a schema stands. */
export interface Place {
  message: string;
  field: string;
}

/** What the schemas of commands and those of routes do not have in common. */
export interface FieldTypes {
  /** The type of a schema that is neither a scalar nor an object with fields of its own. */
  typeOf(schema: z.ZodType): string | undefined;
  /** The name of the message that an object is. */
  nameOf(schema: z.ZodObject, place: Place): string;
  /** Whether a request may say null, which is the zero value of an `optional` field. */
  isNullable(schema: z.ZodType, side: 'request' | 'response'): boolean;
}

export const commandTypes: FieldTypes = {
  typeOf: () => undefined,
  nameOf(schema, { message, field }) {
    const name = grpcNameOf(schema);
    if (name === undefined) throw new Error(`${message}.${field} needs a name: say grpcName('…', z.object(…))`);
    return name;
  },
  isNullable: () => false,
};

/** Times and JSON values have the types of protobuf. An object has its name in the OpenAPI document, or that of its place. */
export class RouteTypes implements FieldTypes {
  private readonly byPlace = new Map<unknown, string>();

  typeOf(schema: z.ZodType): string | undefined {
    if (isFlag(schema)) return 'bool';
    if (schema instanceof z.ZodISODateTime) return 'google.protobuf.Timestamp';
    if (schema instanceof z.ZodRecord || isOpen(schema)) return 'google.protobuf.Struct';
    if (schema instanceof z.ZodUnknown) return 'google.protobuf.Value';
    if (schema instanceof z.ZodUnion) return 'string';
    return undefined;
  }

  nameOf(schema: z.ZodObject, { message, field }: Place): string {
    const name = named(schema) ?? this.byPlace.get(schema.def) ?? message + pascalCase(field);
    this.byPlace.set(schema.def, name);
    return name;
  }

  isNullable(schema: z.ZodType, side: 'request' | 'response'): boolean {
    return side === 'request' && isNullable(schema);
  }
}

const WRAPPERS = [z.ZodOptional, z.ZodNonOptional, z.ZodNullable, z.ZodDefault, z.ZodPrefault] as const;

/** Unwraps optional, nullable and default, and what a text is made into. */
export function unwrap(schema: z.ZodType, wrapped = false): { inner: z.ZodType; wrapped: boolean } {
  if (schema instanceof z.ZodPipe && !isFlag(schema)) return unwrap(checked(schema), wrapped);
  const wrapper = WRAPPERS.some((each) => schema instanceof each);
  return wrapper ? unwrap((schema as z.ZodOptional).unwrap() as z.ZodType, true) : { inner: schema, wrapped };
}

/** What a pipe checks: after `z.preprocess` that is its end, else its begin. */
function checked(pipe: z.ZodPipe): z.ZodType {
  return (pipe.in instanceof z.ZodTransform ? pipe.out : pipe.in) as z.ZodType;
}

function isNullable(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodNullable) return true;
  return WRAPPERS.some((each) => schema instanceof each) && isNullable((schema as z.ZodOptional).unwrap() as z.ZodType);
}

/** A yes or no in a query, which is text. */
function isFlag(schema: z.ZodType): boolean {
  return schema instanceof z.ZodPipe && schema.in instanceof z.ZodEnum && String(schema.in.options) === 'true,false';
}

/** An object with members that its schema does not name. */
function isOpen(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && schema.def.catchall instanceof z.ZodUnknown;
}

/** A description makes another schema, whose parent has the name. */
function named(schema: z.ZodType): string | undefined {
  const { id } = z.globalRegistry.get(schema) ?? {};
  const parent = schema._zod.parent as z.ZodType | undefined;
  return grpcNameOf(schema) ?? id ?? (parent && named(parent));
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
