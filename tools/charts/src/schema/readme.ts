import { parse } from 'yaml';
import type { JsonSchema } from './json-schema.ts';
import { isVariable } from './variables.ts';

interface Row {
  key: string;
  fallback: unknown;
  description: string;
}

/** The README of a chart: what people wrote (`README.md.head`) and a table of its values. */
export function readme(head: string, values: string, schema: JsonSchema): string {
  const rows = rowsOf(schema, (parse(values) ?? {}) as Record<string, unknown>, '');
  const table = rows.map(({ key, fallback, description }) => {
    const shown = fallback === undefined || fallback === null ? 'unset' : `\`${JSON.stringify(fallback)}\``;
    return `| \`${key}\` | ${cell(shown)} | ${cell(description)} |`;
  });
  return `${head.trimEnd()}

## Values

Made from the code by \`make charts-schema\`; do not edit below this line.

| key | default | meaning |
| --- | --- | --- |
${table.join('\n')}
`;
}

/** One row for each leaf. The variables of the configuration have a reference of their own. */
function rowsOf(schema: JsonSchema, values: Record<string, unknown>, prefix: string): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const key = prefix + name;
    if (key === 'common') return [];
    const fallback = values[name];
    const row = { key, fallback, description: property.description ?? '' };
    const below = Object.keys(property.properties ?? {});
    if (below.length === 0 || below.every(isVariable)) return [row];
    return rowsOf(property, isRecord(fallback) ? fallback : {}, `${key}.`);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
