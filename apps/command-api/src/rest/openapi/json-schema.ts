import { z } from 'zod';

interface Node {
  type?: string;
  format?: string;
  pattern?: string;
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  anyOf?: object[];
  knownValues?: readonly string[];
}

type Direction = 'input' | 'output';

/** Converts a schema and the named schemas (`meta({ id })`) that it contains. */
export function toJsonSchema(schema: z.ZodType, io: Direction): { schema: object; components: Record<string, object> } {
  const override = ({ jsonSchema }: { jsonSchema: object }): void => forClients(jsonSchema as Node, io);
  const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any', override }));
  const { $schema: _, $defs = {}, ...root } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/'));
  return { schema: root, components: $defs };
}

/** Changes what Zod writes into what generators of clients and readers need. */
function forClients(node: Node, io: Direction): void {
  // The pattern of a time says no more than its format and fills half a screen in every viewer.
  if (node.format === 'date-time') delete node.pattern;
  // These are the limits of JavaScript, not of the field.
  if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
  if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
  sayDefault(node, io);
  if (node.knownValues) {
    node.anyOf = [{ type: 'string', enum: node.knownValues }, { type: 'string' }];
    delete node.type;
    delete node.knownValues;
  }
}

/** Generators make a field with a default required. In a request words say it. In an answer the field is always there. */
function sayDefault(node: Node, io: Direction): void {
  const preset = node.default;
  delete node.default;
  if (io === 'output' || preset === undefined || typeof preset === 'object') return;
  node.description = `${node.description ?? ''}. If absent, it is ${String(preset)}`.replace(/^\. /, '');
}
