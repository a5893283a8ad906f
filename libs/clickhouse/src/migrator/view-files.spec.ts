import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readViewFiles, viewsFolder, viewsIn } from './view-files.ts';

describe('readViewFiles', () => {
  let folder: string;
  const view = (name: string, query: string): Promise<void> =>
    writeFile(join(folder, `${name}.sql`), `-- Reads FROM no_view\nCREATE OR REPLACE VIEW ${name}\nAS ${query};\n`);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'views-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives each view after those that it reads', async () => {
    await view('a', 'SELECT 1 FROM b LEFT JOIN c USING (x)');
    await view('b', 'SELECT 1 FROM\n c');
    await view('c', 'SELECT 1 FROM boots -- not FROM a');
    expect((await readViewFiles(folder)).map((file) => file.view)).toEqual(['c', 'b', 'a']);
  });

  it('refuses views that read each other', async () => {
    await view('a', 'SELECT 1 FROM b');
    await view('b', 'SELECT 1 FROM a');
    await view('c', 'SELECT 1');
    await expect(readViewFiles(folder)).rejects.toThrow('views that read each other: a, b');
  });

  it.each([
    'CREATE OR REPLACE VIEW b\nAS SELECT 1',
    'CREATE VIEW a\nAS SELECT 1',
    'CREATE OR REPLACE VIEW a\nAS SELECT 1; SELECT 2',
    '',
  ])('refuses a.sql with %j', async (text) => {
    await writeFile(join(folder, 'a.sql'), text);
    await expect(readViewFiles(folder)).rejects.toThrow(/a\.sql: write one statement .* CREATE OR REPLACE VIEW a$/);
  });

  it('finds a comment on every view of this build', async () => {
    for (const { statement } of await readViewFiles(viewsFolder)) expect(statement).toMatch(/\nCOMMENT '[^']+'$/);
  });
});

describe('viewsIn', () => {
  it('names the database of each view with parameters that is read', () => {
    const file = (view: string, statement: string) => ({ view, checksum: '', statement });
    const [, sut] = viewsIn('ocpp', [
      file('a', ''),
      file('b', 'SELECT x(1) FROM a(day = 1) LEFT JOIN\n a(day = 2), a FROM numbers(1)'),
    ]);
    expect(sut?.statement).toBe('SELECT x(1) FROM ocpp.a(day = 1) LEFT JOIN\n ocpp.a(day = 2), a FROM numbers(1)');
  });
});
