import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onCluster, type Cluster } from '../cluster/on-cluster.ts';
import { splitStatements } from '../migrator/statements.ts';
import { readDeclaredTables } from '../schema/declared-tables.ts';
import { readViewFiles, viewsFolder } from '../migrator/view-files.ts';

const folder = join(import.meta.dirname, '../../access');

/**
 * What the policy of an operator reads to know its charge points. A policy on it would ask itself, so the role sees the
 * identities and tags of all.
 */
const READ_BY_POLICY: readonly string[] = ['charge_point_facts'];

export interface Access {
  database: string;
  role: string;
  /** Value of the tag `operator`; without it the role sees all rows. */
  operator?: string;
}

/** The statements that make a role for reading. The values are names and a tag, checked by who calls. */
export async function accessScript(
  { database, role, operator }: Access,
  cluster: Cluster | undefined,
): Promise<string> {
  const values: Record<string, string> = { database, role, operator: quoted(operator ?? '') };
  const filled = async (file: string, more: Record<string, string> = {}): Promise<string[]> =>
    splitStatements(await readFile(join(folder, file), 'utf8')).map((statement) =>
      statement.replaceAll(/\{(\w+)\}/g, (name, key: string) => ({ ...values, ...more })[key] ?? name),
    );
  const policy = operator === undefined ? 'all-rows.sql' : 'rows-of-operator.sql';
  const statements = await filled('reader.sql');
  for (const table of await tablesOfChargePoints()) statements.push(...(await filled(policy, { table })));
  return statements.map((statement) => `${onCluster(statement, cluster)};\n`).join('\n');
}

/** The tables whose rows are of one charge point each. Views read them as who asks. */
async function tablesOfChargePoints(): Promise<string[]> {
  const views = new Set((await readViewFiles(viewsFolder)).map(({ view }) => view));
  return [...(await readDeclaredTables())]
    .filter(([table, { columns }]) => !views.has(table) && columns.some(({ name }) => name === 'cp_id'))
    .map(([table]) => table)
    .filter((table) => !READ_BY_POLICY.includes(table));
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
