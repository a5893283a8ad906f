import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrationError } from './errors.ts';
import { splitStatements } from './statements.ts';

export interface SqlFile {
  /** File name, e.g. "0003_meter_samples.sql". */
  name: string;
  /** SHA-256 of the text, hexadecimal. */
  checksum: string;
  statements: string[];
}

/**
 * The SQL files of a folder, by name.
 * @throws MigrationError naming the file with a text that is never closed.
 */
export async function readSqlFiles(folder: string): Promise<SqlFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(names.map((name) => readSqlFile(folder, name)));
}

async function readSqlFile(folder: string, name: string): Promise<SqlFile> {
  // Line ends are normalised, because a checkout with other line ends is the same file.
  const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
  try {
    const checksum = createHash('sha256').update(text).digest('hex');
    return { name, checksum, statements: splitStatements(text) };
  } catch (cause) {
    throw new MigrationError(`${name}: ${(cause as Error).message}`, { cause });
  }
}
