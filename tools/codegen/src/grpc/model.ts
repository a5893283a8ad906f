import { grpcNameOf, type CommandDeclaration } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { RouteTypes, commandTypes, unwrap, type FieldTypes, type Place } from './field-types.ts';

/** A field or a value as the declarations want it; its number is the lock's to say. */
export interface Field {
  name: string;
  repeated: boolean;
  /** A scalar of proto3, or the name of a message or an enum. */
  type: string;
  /** Whether absence must differ from the zero value. */
  optional: boolean;
  comment: string | undefined;
}

export interface Message {
  name: string;
  fields: Field[];
}

export interface Enum {
  name: string;
  values: string[];
}

export type Declared = { kind: 'message'; message: Message } | { kind: 'enum'; enumeration: Enum };

/** An rpc that is a route of the REST API: its path, query and body in one message, its answer in another. */
export interface RpcDeclaration {
  name: string;
  comment: string;
  request: z.ZodObject;
  response: z.ZodObject;
}

const TIMEOUT = 'Seconds to wait for the answer of the charge point, at most 30; 30 when 0';

/** The messages and enums of the commands and of the routes, each before the first message that uses it. */
export function modelOf(commands: readonly CommandDeclaration[], routes: readonly RpcDeclaration[] = []): Declared[] {
  const declared = new Map<string, Declared>();
  const ofCommands = new Model(declared, commandTypes);
  for (const { kind, request, answer } of commands) {
    ofCommands.add(`${kind}Request`, request, 'request', [
      field('cp_id', 'string', undefined),
      field('timeout_seconds', 'int32', TIMEOUT),
    ]);
    ofCommands.add(`${kind}Response`, answer, 'response');
  }
  const ofRoutes = new Model(declared, new RouteTypes());
  for (const { name, request, response } of routes) {
    ofRoutes.add(`${name}Request`, request, 'request');
    ofRoutes.add(`${name}Response`, response, 'response');
  }
  return [...declared.values()];
}

type Side = 'request' | 'response';

class Model {
  private readonly declared: Map<string, Declared>;
  private readonly types: FieldTypes;

  constructor(declared: Map<string, Declared>, types: FieldTypes) {
    this.declared = declared;
    this.types = types;
  }

  /** A message that several schemas are has the fields of all of them. */
  add(name: string, schema: z.ZodObject, side: Side, envelope: readonly Field[] = []): void {
    const own = Object.entries(schema.shape).map(([key, each]) => this.field(name, key, each as z.ZodType, side));
    const known = this.declared.get(name);
    if (known?.kind === 'enum') throw new Error(`${name} is a message here and an enum elsewhere`);
    const fields = known?.message.fields ?? [];
    for (const each of [...envelope, ...own]) {
      const same = fields.find(({ name: other }) => other === each.name);
      if (!same) fields.push(each);
      else if (same.type !== each.type || same.repeated !== each.repeated)
        throw new Error(`${name}.${each.name} is ${same.type} here and ${each.type} elsewhere`);
    }
    if (!known) this.declared.set(name, { kind: 'message', message: { name, fields } });
  }

  private field(message: string, name: string, schema: z.ZodType, side: Side): Field {
    const place = { message, field: name };
    const { inner, wrapped } = unwrap(schema);
    if (inner instanceof z.ZodArray) {
      const element = unwrap(inner.element as z.ZodType).inner;
      const one = { message, field: name.replace(/s$/, '') };
      return { ...field(name, this.type(one, element, side), schema.description), repeated: true };
    }
    const type = this.type(place, inner, side);
    const optional =
      SCALARS.has(type) && (this.types.isNullable(schema, side) || needsPresence(type, inner, wrapped, side));
    return { ...field(name, type, schema.description), optional };
  }

  private type(place: Place, schema: z.ZodType, side: Side): string {
    const own = this.types.typeOf(schema);
    if (own !== undefined) return own;
    if (schema instanceof z.ZodObject) {
      const name = this.types.nameOf(schema, place);
      this.add(name, schema, side);
      return name;
    }
    const { type } = schema.def;
    if (schema instanceof z.ZodEnum) {
      const name = grpcNameOf(schema);
      if (name === undefined) return 'string';
      this.addEnum(name, schema.options.map(String));
      return name;
    }
    if (schema instanceof z.ZodNumber) return schema.isInt ? 'int32' : 'double';
    if (type === 'boolean') return 'bool';
    if (type === 'string') return 'string';
    throw new Error(`${place.message}.${place.field} is ${type}, which has no type in gRPC`);
  }

  private addEnum(name: string, values: readonly string[]): void {
    const known = this.declared.get(name);
    if (known?.kind === 'message') throw new Error(`${name} is an enum here and a message elsewhere`);
    const all = known?.enumeration.values ?? [];
    for (const value of values) if (!all.includes(value)) all.push(value);
    if (!known) this.declared.set(name, { kind: 'enum', enumeration: { name, values: all } });
  }
}

const SCALARS: ReadonlySet<string> = new Set(['string', 'int32', 'double', 'bool']);

function field(name: string, type: string, comment: string | undefined): Field {
  return { name, repeated: false, type, optional: false, comment };
}

/** A zero that may be meant must differ from absence. What is always in an answer is never absent. */
function needsPresence(type: string, schema: z.ZodType, wrapped: boolean, side: Side): boolean {
  if (side === 'response' && !wrapped) return false;
  if (type === 'bool') return wrapped;
  return schema.safeParse(schema.def.type === 'number' ? 0 : '').success;
}

/** ClearDisplayMessage is CLEAR_DISPLAY_MESSAGE, V2GRootCertificate is V2G_ROOT_CERTIFICATE. */
export function constantCase(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/([A-Z0-9])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}
