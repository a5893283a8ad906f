import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ddlFolder, readDdlFiles } from './ddl-files.ts';

// Prettier pads the tables.
const readme = readFileSync(join(ddlFolder, '../README.md'), 'utf8').replaceAll(/ +/g, ' ');
const section = (table: string): string => readme.split(/^### /m).find((text) => text.startsWith(`${table} (`)) ?? '';

describe('README', () => {
  it('documents every column as the DDL declares it', async () => {
    const statements = (await readDdlFiles(ddlFolder)).flatMap((file) => file.statements);
    let columns = 0;
    for (const statement of statements) {
      const [, table = ''] =
        /^(?:CREATE TABLE IF NOT EXISTS|CREATE OR REPLACE VIEW|ALTER TABLE) (\w+)$/m.exec(statement) ?? [];
      const declared = /^ {4}(?:ADD COLUMN IF NOT EXISTS )?(\w+) (.+?) COMMENT '((?:[^']|'')*)'/gm;
      for (const [, name, type, comment] of statement.matchAll(declared)) {
        expect(section(table)).toContain(`| \`${name}\` | ${type} | ${comment?.replaceAll("''", "'")} |`);
        columns += 1;
      }
    }
    expect(columns).toBeGreaterThan(100);
  });
});
