import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ddlFolder, readDdlFiles } from './ddl-files.ts';
import { readViewFiles, viewsFolder } from './view-files.ts';

// Prettier pads the tables.
const readme = readFileSync(join(ddlFolder, '../README.md'), 'utf8').replaceAll(/ +/g, ' ');
const section = (table: string): string => readme.split(/^### /m).find((text) => text.startsWith(`${table} (`)) ?? '';

/** What declares each table and view as it is in the end: a view may be made again, a table dropped. */
function declarations(statements: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const statement of statements) {
    const [, how = '', table = ''] =
      /^(CREATE TABLE IF NOT EXISTS|CREATE OR REPLACE VIEW|ALTER TABLE|DROP TABLE IF EXISTS) (\w+)$/m.exec(statement) ??
      [];
    if (how.startsWith('DROP')) found.delete(table);
    else found.set(table, how.startsWith('ALTER') ? [...(found.get(table) ?? []), statement] : [statement]);
  }
  return found;
}

describe('README', () => {
  it('documents every column as the DDL declares it', async () => {
    const numbered = (await readDdlFiles(ddlFolder)).flatMap((file) => file.statements);
    const views = (await readViewFiles(viewsFolder)).map(({ statement }) => statement);
    const statements = [...numbered, ...views];
    let columns = 0;
    for (const [table, declaring] of declarations(statements)) {
      const declared = /^ {4}(?:ADD COLUMN IF NOT EXISTS )?(\w+) (.+?) COMMENT '((?:[^']|'')*)'/gm;
      for (const [, name, type, comment] of declaring.join('\n').matchAll(declared)) {
        expect(section(table)).toContain(`| \`${name}\` | ${type} | ${comment?.replaceAll("''", "'")} |`);
        columns += 1;
      }
    }
    expect(columns).toBeGreaterThan(100);
  });
});
