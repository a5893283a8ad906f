import { describe, expect, it } from '@jest/globals';
import { declaredTables, readDeclaredTables } from './declared-tables.ts';
import { schemaPage } from './schema-page.ts';

describe('schemaPage', () => {
  it('shows views with their parameters before tables with their layout', () => {
    const page = schemaPage(
      declaredTables([
        "CREATE TABLE IF NOT EXISTS a\n(\n    x String COMMENT 'It''s'\n)\nENGINE = MergeTree\nPARTITION BY x\nORDER BY (x, y)\nCOMMENT 'All of a'",
        "-- What b is:\n-- this.\nCREATE OR REPLACE VIEW b\n(\n    n UInt8 COMMENT 'N'\n)\nAS\nSELECT {day:String} AS n\nCOMMENT 'All of b'",
      ]),
    );
    expect(page.slice(page.indexOf('## Views'))).toBe(`## Views

- [b](#b): All of b

## Tables

- [a](#a): All of a

### b

All of b.

What b is: this.

Parameters: \`day String\`.

| column | type | meaning |
| --- | --- | --- |
| \`n\` | UInt8 | N |

### a

All of a.

- order: \`(x, y)\`
- partitions: \`x\`

| column | type | meaning |
| --- | --- | --- |
| \`x\` | String | It's |
`);
  });

  it('says what each table and view of this build is, and what each of its columns means', async () => {
    const tables = await readDeclaredTables();
    const page = schemaPage(tables);
    for (const [name, { columns }] of tables) {
      expect([name, page]).toEqual([
        name,
        expect.stringMatching(new RegExp(`^- \\[${name}\\]\\(#${name}\\): \\S`, 'm')),
      ]);
      expect([name, columns.length]).not.toEqual([name, 0]);
    }
  });
});
