import { join } from 'node:path';
import { MigrationError } from './errors.ts';
import { readSqlFiles, type SqlFile } from './sql-file.ts';

/** The DDL of this build, at the same path from src/ and dist/. */
export const ddlFolder = join(import.meta.dirname, '../../ddl');

export interface DdlFile extends SqlFile {
  version: number;
}

const NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

/**
 * The numbered files of a folder, in order.
 * @throws MigrationError naming the file that breaks the rules.
 */
export async function readDdlFiles(folder: string): Promise<DdlFile[]> {
  const files = (await readSqlFiles(folder)).map(numbered);
  files.forEach((file, index) => {
    const previous = files[index - 1];
    if (previous?.version === file.version)
      throw new MigrationError(`${previous.name} and ${file.name} have the same number: renumber the newer one`);
  });
  return files;
}

function numbered(file: SqlFile): DdlFile {
  const version = NAME.exec(file.name)?.[1];
  if (!version) throw new MigrationError(`${file.name}: name it NNNN_lower_case_name.sql`);
  return { version: Number(version), ...file };
}
