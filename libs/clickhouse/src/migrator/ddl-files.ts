import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrationError } from './errors.ts';
import { splitStatements } from './statements.ts';

/** The DDL of this build, at the same path from src/ and dist/. */
export const ddlFolder = join(import.meta.dirname, '../../ddl');

export interface DdlFile {
  version: number;
  /** File name, e.g. "0003_meter_samples.sql". */
  name: string;
  /** SHA-256 of the text, hexadecimal. */
  checksum: string;
  statements: string[];
}

const NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

/**
 * The numbered files of a folder, in order.
 * @throws MigrationError naming the file that breaks the rules.
 */
export async function readDdlFiles(folder: string): Promise<DdlFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const files = await Promise.all(names.map((name) => readDdlFile(folder, name)));
  files.forEach((file, index) => {
    const previous = files[index - 1];
    if (previous?.version === file.version)
      throw new MigrationError(`${previous.name} and ${file.name} have the same number: renumber the newer one`);
  });
  return files;
}

async function readDdlFile(folder: string, name: string): Promise<DdlFile> {
  const version = NAME.exec(name)?.[1];
  if (!version) throw new MigrationError(`${name}: name it NNNN_lower_case_name.sql`);
  // Line ends are normalised, because a checkout with other line ends is the same file.
  const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
  try {
    const checksum = createHash('sha256').update(text).digest('hex');
    return { version: Number(version), name, checksum, statements: splitStatements(text) };
  } catch (cause) {
    throw new MigrationError(`${name}: ${(cause as Error).message}`, { cause });
  }
}
