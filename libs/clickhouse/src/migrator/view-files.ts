import { join } from 'node:path';
import { MigrationError } from './errors.ts';
import { readSqlFiles, type SqlFile } from './sql-file.ts';

/** The views of this build, at the same path from src/ and dist/. */
export const viewsFolder = join(import.meta.dirname, '../../views');

export interface ViewFile {
  /** Name of the view and, with ".sql", of the file. */
  view: string;
  checksum: string;
  statement: string;
}

/**
 * The views of a folder, each after those that it reads.
 * @throws MigrationError naming the file that breaks the rules, or the views that read each other.
 */
export async function readViewFiles(folder: string): Promise<ViewFile[]> {
  return inOrder((await readSqlFiles(folder)).map(viewFile));
}

function viewFile({ name, checksum, statements }: SqlFile): ViewFile {
  const view = name.replace(/\.sql$/, '');
  const [statement = ''] = statements;
  if (statements.length !== 1 || !new RegExp(`^(--.*\n)*CREATE OR REPLACE VIEW ${view}\n`).test(statement))
    throw new MigrationError(`${name}: write one statement into it, that begins CREATE OR REPLACE VIEW ${view}`);
  return { view, checksum, statement };
}

function inOrder(files: readonly ViewFile[]): ViewFile[] {
  const ordered: ViewFile[] = [];
  let rest = [...files];
  while (rest.length > 0) {
    const next = rest.filter((file) => !rest.some((other) => other !== file && reads(file, other.view)));
    if (next.length === 0)
      throw new MigrationError(`views that read each other: ${rest.map(({ view }) => view).join(', ')}`);
    ordered.push(...next);
    rest = rest.filter((file) => !next.includes(file));
  }
  return ordered;
}

const reads = ({ statement }: ViewFile, view: string): boolean =>
  new RegExp(`\\b(FROM|JOIN)\\s+${view}\\b`).test(statement.replaceAll(/--.*$/gm, ''));

/**
 * The views as they are made in a database. ClickHouse keeps which database a table is in, but looks for a view with parameters
 * in the database of whoever asks: so it is named.
 */
export function viewsIn(database: string, files: readonly ViewFile[]): ViewFile[] {
  const names = files.map(({ view }) => view).join('|');
  const withParameters = new RegExp(`\\b(FROM|JOIN)(\\s+)(${names})\\(`, 'g');
  return files.map((file) => ({
    ...file,
    statement: file.statement.replaceAll(withParameters, (_, ...[read, space, view]: string[]) => {
      return `${read}${space}${database}.${view}(`;
    }),
  }));
}
