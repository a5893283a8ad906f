import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conditionsOf } from './condition.ts';
import { ddlFolder, readDdlFiles } from './ddl-files.ts';

describe('readDdlFiles', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ddl-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads numbered files in order', async () => {
    await writeFile(join(folder, '0002_b.sql'), 'SELECT 2;');
    await writeFile(join(folder, '0001_a.sql'), 'SELECT 1; SELECT 1;');
    await writeFile(join(folder, 'README.md'), 'not SQL');
    const files = await readDdlFiles(folder);
    expect(files.map(({ version, statements }) => [version, statements.length])).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  it('takes a file with other line ends for the same file', async () => {
    await writeFile(join(folder, '0001_a.sql'), 'SELECT\n1;\n');
    const [unix] = await readDdlFiles(folder);
    await writeFile(join(folder, '0001_a.sql'), 'SELECT\r\n1;\r\n');
    const [windows] = await readDdlFiles(folder);
    expect(windows?.checksum).toBe(unix?.checksum);
  });

  it.each([
    [['0001_a.sql', '0001_b.sql'], /0001_a\.sql and 0001_b\.sql have the same number/],
    [['1_a.sql'], /1_a\.sql: name it NNNN/],
  ])('refuses %j', async (names, reason) => {
    await Promise.all(names.map((name) => writeFile(join(folder, name), 'SELECT 1')));
    await expect(readDdlFiles(folder)).rejects.toThrow(reason);
  });

  it('names the file and line of what is never closed', async () => {
    await writeFile(join(folder, '0001_a.sql'), "\nSELECT '");
    await expect(readDdlFiles(folder)).rejects.toThrow(/0001_a\.sql: line 2/);
  });

  it('finds every statement of this build repeatable, because ClickHouse cannot roll a half-applied file back', async () => {
    const statements = (await readDdlFiles(ddlFolder)).flatMap((file) => file.statements);
    for (const statement of statements) {
      const sql = statement.replace(/^(--.*\n)+/, '');
      // What is added twice has one sorting key; an exchange must see whether it was made.
      if (sql.startsWith('EXCHANGE TABLES')) expect(conditionsOf(statement).skipIf).toHaveLength(1);
      else
        expect(sql).toMatch(
          /^(CREATE [A-Z ]+ IF NOT EXISTS |(DROP|TRUNCATE|RENAME) (VIEW|TABLE) IF EXISTS |CREATE OR REPLACE VIEW |INSERT INTO |ALTER TABLE \w+\s+ADD (COLUMN|INDEX) IF NOT EXISTS )/,
        );
    }
  });
});
