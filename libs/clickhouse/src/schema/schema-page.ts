import { readDeclaredTables, type DeclaredTable } from './declared-tables.ts';

const HEAD = `# Tables and views of ClickHouse

This page is made from the files of [libs/clickhouse](../../libs/clickhouse/README.md): \`make schema-docs\` writes it. All times are UTC. A number that is not known is NULL, a text that was not sent is empty.

Ask a table with \`FINAL\`, or count distinct ids: an event may be there twice until its parts are merged. Views need neither. A view with parameters is asked like a function: \`SELECT * FROM connector_availability_between(from_day = '2026-11-30', to_day = '2026-11-30')\`.
`;

/** docs/data/tables.md of this build. */
export async function readSchemaPage(): Promise<string> {
  return schemaPage(await readDeclaredTables());
}

/** Every table and view, column by column. Views stand first, because most questions need no more. */
export function schemaPage(tables: ReadonlyMap<string, DeclaredTable>): string {
  const sections = [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, table]) => ({ name, table }));
  const [views, stored] = [sections.filter(isView), sections.filter((section) => !isView(section))];
  const parts = [HEAD, contents('Views', views), contents('Tables', stored)];
  return [...parts, ...[...views, ...stored].map(section)].join('\n');
}

interface Section {
  name: string;
  table: DeclaredTable;
}

const isView = ({ table }: Section): boolean => table.statement.includes('CREATE OR REPLACE VIEW');

function contents(title: string, sections: readonly Section[]): string {
  const lines = sections.map(({ name, table }) => `- [${name}](#${name}): ${commentOf(table)}`);
  return `## ${title}\n\n${lines.join('\n')}\n`;
}

function section({ name, table }: Section): string {
  const rows = table.columns.map(({ name: column, type, comment }) =>
    ['', ` \`${column}\` `, ` ${cell(type)} `, ` ${cell(comment)} `, ''].join('|'),
  );
  const parameters = parametersOf(table.statement);
  const about = isView({ name, table }) ? aboutOf(table.statement) : [];
  const facts = [
    [`${commentOf(table)}.`],
    about,
    parameters.length > 0 ? [`Parameters: ${parameters.map((each) => `\`${each}\``).join(', ')}.`] : [],
    layout(table.statement),
  ].flatMap((lines) => (lines.length > 0 ? ['', ...lines] : []));
  return [`### ${name}`, ...facts, '', '| column | type | meaning |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

/** How a table is stored: what a question must name to read little. */
function layout(statement: string): string[] {
  const clause = (name: string): string | undefined => new RegExp(`^${name} (.+)$`, 'm').exec(statement)?.[1];
  const clauses = { order: clause('ORDER BY'), partitions: clause('PARTITION BY'), expires: clause('TTL') };
  return Object.entries(clauses).flatMap(([title, text]) => (text === undefined ? [] : [`- ${title}: \`${text}\``]));
}

/** What the file says of a view before its statement: the definition. */
function aboutOf(statement: string): string[] {
  const [lead = ''] = /^(--.*\n)*/.exec(statement) ?? [];
  const text = lead.replaceAll(/^-- ?/gm, '').replaceAll('\n', ' ').trim();
  return text ? [text] : [];
}

function parametersOf(statement: string): string[] {
  return [...new Set([...statement.matchAll(/\{(\w+):(\w+)\}/g)].map(([, name, type]) => `${name} ${type}`))];
}

function commentOf({ statement }: DeclaredTable): string {
  return (/^COMMENT '((?:[^']|'')*)'/m.exec(statement)?.[1] ?? '').replaceAll("''", "'").replace(/\.$/, '');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
