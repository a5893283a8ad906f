import { readDdlFiles } from '../migrator/ddl-files.ts';
import type { SchemaFolders } from '../migrator/migrator.ts';
import { OWN_TABLES } from '../migrator/schema-tables.ts';
import { readViewFiles, viewsIn } from '../migrator/view-files.ts';
import { onCluster, type Cluster } from './on-cluster.ts';

/** All statements of this build in their order, as one script for somebody who reads them before they are run. */
export async function printSchema(
  folders: SchemaFolders,
  database: string,
  cluster: Cluster | undefined,
): Promise<string> {
  const numbered = await readDdlFiles(folders.ddl);
  const views = viewsIn(database, await readViewFiles(folders.views));
  const parts: [title: string, statements: readonly string[]][] = [
    ['the database and what the migrator keeps', [`CREATE DATABASE IF NOT EXISTS ${database}`, ...OWN_TABLES]],
    ...numbered.map(({ name, statements }): [string, string[]] => [`ddl/${name}`, statements]),
    ...views.map(({ view, statement }): [string, string[]] => [`views/${view}.sql`, [statement]]),
  ];
  return parts
    .map(([title, statements]) => {
      const rendered = statements.map((statement) => `${onCluster(statement, cluster).trim()};\n`);
      return `-- ${title}\n${rendered.join('\n')}`;
    })
    .join('\n');
}
