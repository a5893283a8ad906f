import { isDeepStrictEqual } from 'node:util';
import { relax } from './relaxations.ts';
import { type JsonSchema, type MessageSchema, modernise, readMessageSchemas } from './schema-files.ts';

/** All messages of a version in one schema document, so that what they share is compiled and named once. */
export interface Catalogue {
  actions: readonly string[];
  messages: readonly MessageSchema[];
  document: { definitions: Record<string, JsonSchema> };
}

export function readCatalogue(library: string, folder: string): Catalogue {
  const definitions: Record<string, JsonSchema> = {};
  const messages = readMessageSchemas(folder);
  for (const message of messages) {
    relax(library, message);
    const { definitions: shared = {}, ...own } = modernise(message.schema);
    for (const [name, schema] of Object.entries(shared as Record<string, JsonSchema>))
      define(definitions, name, schema);
    define(definitions, message.name, own);
  }
  return { actions: [...new Set(messages.map(({ action }) => action))], messages, document: { definitions } };
}

function define(definitions: Record<string, JsonSchema>, name: string, schema: JsonSchema): void {
  const known = definitions[name];
  if (known && !isDeepStrictEqual(withoutProse(known), withoutProse(schema)))
    throw new Error(`two schema files define ${name}, and not alike`);
  definitions[name] ??= schema;
}

function withoutProse(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutProse);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === 'description' && typeof value === 'string'))
      .map(([key, value]) => [key, withoutProse(value)]),
  );
}
