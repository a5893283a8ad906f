import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDeclaredTables } from '../schema/declared-tables.ts';
import { ddlFolder } from './ddl-files.ts';

// Prettier pads the tables.
const readme = readFileSync(join(ddlFolder, '../README.md'), 'utf8').replaceAll(/ +/g, ' ');
const section = (table: string): string => readme.split(/^### /m).find((text) => text.startsWith(`${table} (`)) ?? '';

describe('README', () => {
  it('documents every column as the files declare it', async () => {
    let columns = 0;
    for (const [table, declared] of await readDeclaredTables()) {
      for (const { name, type, comment } of declared) {
        expect(section(table)).toContain(`| \`${name}\` | ${type} | ${comment} |`);
        columns += 1;
      }
    }
    expect(columns).toBeGreaterThan(100);
  });
});
