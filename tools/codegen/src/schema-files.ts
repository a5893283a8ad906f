import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type JsonSchema = Record<string, unknown>;

/** One message of one action, as the schema folder names it. */
export interface MessageSchema {
  /** Name of the generated type: `<Action>Request` or `<Action>Response`. */
  name: string;
  action: string;
  side: 'request' | 'response';
  schema: JsonSchema;
}

/**
 * Reads a schema folder. OCPP 1.6 calls a request `<Action>.json`, 2.0.1 `<Action>Request.json`; both call the answer
 * `<Action>Response.json`. Sorted, so that what is generated does not depend on the file system.
 */
export function readMessageSchemas(folder: string): MessageSchema[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();
  if (files.length === 0) throw new Error(`no *.json in ${folder}; expected the OCPP message schemas there`);
  const messages = files.map((file) => {
    const [, action = '', suffix] = /^(.+?)(Request|Response)?\.json$/.exec(file) ?? [];
    const side = suffix === 'Response' ? ('response' as const) : ('request' as const);
    const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as JsonSchema;
    return { name: action + (side === 'request' ? 'Request' : 'Response'), action, side, schema };
  });
  for (const { action } of messages)
    if (messages.filter((message) => message.action === action).length !== 2)
      throw new Error(`${folder}: ${action} needs exactly a request and a response file`);
  return messages;
}

/**
 * Brings drafts 04 and 06 to the one draft that the compiler speaks, in memory. The files use nothing that changed its
 * meaning between the drafts but the spelling of the header, which goes; `id` and a boolean `exclusiveMinimum`
 * would have, so they are refused. `additionalProperties` on a string enum says nothing and confuses the type writer.
 */
export function modernise(schema: JsonSchema): JsonSchema {
  const { $schema: _draft, $id: _id, comment: _comment, title: _title, ...rest } = schema;
  if (typeof rest['id'] === 'string') throw new Error('draft-04 "id" at the root of a schema is not supported');
  return withoutNoise(rest) as JsonSchema;
}

function withoutNoise(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutNoise);
  if (typeof node !== 'object' || node === null) return node;
  const schema = node as JsonSchema;
  for (const keyword of ['exclusiveMinimum', 'exclusiveMaximum'])
    if (typeof schema[keyword] === 'boolean') throw new Error(`draft-04 boolean ${keyword} is not supported`);
  const noise = new Set(['javaType']);
  if (schema['type'] === 'string') noise.add('additionalProperties');
  if (typeof schema['items'] === 'object' && !Array.isArray(schema['items'])) noise.add('additionalItems');
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !noise.has(key))
      .map(([key, value]) => [key, withoutNoise(value)]),
  );
}
