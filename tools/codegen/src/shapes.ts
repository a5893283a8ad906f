import type { Catalogue } from './catalogue.ts';
import type { JsonSchema } from './schema-files.ts';

/** Keywords that say what a value has to be; `multipleOf` and `uri` stand in no message of a charger but answers that are taken as they are. */
const KEPT = ['type', 'required', 'enum', 'maxLength', 'format', 'minimum', 'maximum', 'minItems', 'maxItems'];

/**
 * The schemas as plain data for the reader of odd messages (`Shape` of libs/ocpp-j): no prose, references resolved, and
 * every object named after its definition, its message or, where it has no definition, the field that it stands in.
 */
export function writeShapes({ actions, document }: Catalogue): string {
  const written = new Map<string, string>();
  const define = (name: string): string => {
    const known = document.definitions[name];
    if (!known) throw new Error(`no definition ${name}`);
    // Before it is stored, so that what it refers to is stored first.
    if (!written.has(name)) written.set(name, `const ${name} = ${literal(known, name, define)};`);
    return name;
  };
  const table = actions.map(
    (action) => `  ${action}: { request: ${define(`${action}Request`)}, response: ${define(`${action}Response`)} },`,
  );
  return [...written.values(), 'export const shapes = {', ...table, '};', ''].join('\n');
}

function literal(schema: JsonSchema, name: string, define: (name: string) => string): string {
  const { $ref: ref, properties, items, additionalProperties } = schema;
  if (typeof ref === 'string') return define(ref.replace('#/definitions/', ''));
  const kept = KEPT.filter((key) => key in schema).map((key) => `${key}: ${JSON.stringify(schema[key])}`);
  if (schema['type'] === 'object') {
    const fields = Object.entries((properties ?? {}) as Record<string, JsonSchema>).map(
      ([field, of]) => `${JSON.stringify(field)}: ${literal(of, field, define)}`,
    );
    kept.push(`name: ${JSON.stringify(name)}`, `properties: { ${fields.join(', ')} }`);
    if (additionalProperties !== false) kept.push('open: true');
  }
  if (items) kept.push(`items: ${literal(items as JsonSchema, name, define)}`);
  return `{ ${kept.join(', ')} }`;
}

/** Declaration of what {@link writeShapes} writes. */
export function writeShapeTypes(): string {
  return `import type { Shape } from '@ocpp-gw/ocpp-j';
import type { Messages } from './messages.d.ts';

export declare const shapes: Readonly<Record<keyof Messages, Readonly<{ request: Shape; response: Shape }>>>;
`;
}
