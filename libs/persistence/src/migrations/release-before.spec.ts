import { describe, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { MIGRATIONS } from './index.ts';

/**
 * Migrations that take away or restrict something, and why the release before does not miss it (docs/adr/0045). A contract
 * step names the release that stopped using what it removes.
 */
const ALLOWED: Record<string, string> = {
  DeviceModel0000000000006: 'the new check of reservations.state allows more states than the old one',
};

/** What the release before could trip over, by what a statement does to tables that exist. */
const BREAKS: readonly [what: string, statement: RegExp][] = [
  ['drops a table, a view or a column', /\bDROP (TABLE|VIEW|MATERIALIZED VIEW|COLUMN|SCHEMA)\b/i],
  ['renames', /\bRENAME\b/i],
  ['changes a type', /\bALTER (COLUMN )?\w+ (SET DATA )?TYPE\b/i],
  ['makes a column NOT NULL', /\bSET NOT NULL\b/i],
  ['drops a default', /\bDROP DEFAULT\b/i],
  ['adds a constraint', /\bADD (CONSTRAINT|CHECK|UNIQUE|PRIMARY KEY|FOREIGN KEY|EXCLUDE)\b/i],
  ['removes rows', /\b(TRUNCATE|DELETE FROM)\b/i],
];

/** @returns what is wrong with a migration's statements, one line for each fault */
function faults(statements: readonly string[]): string[] {
  const created = statements.flatMap((sql) =>
    [...sql.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/gi)].map(([, name]) => name),
  );
  return statements.flatMap((sql) => [
    ...BREAKS.filter(([, statement]) => statement.test(sql)).map(([what]) => what),
    ...sql
      .split(/,(?![^(]*\))/)
      .filter((part) => /\bADD COLUMN\b/i.test(part) && /\bNOT NULL\b/i.test(part) && !/\bDEFAULT\b/i.test(part))
      .map(() => 'adds a column that is NOT NULL and has no DEFAULT'),
    ...[...sql.matchAll(/CREATE UNIQUE INDEX .*? ON (\w+)/gis)]
      .filter(([, table]) => !created.includes(table))
      .map(([, table]) => `makes rows of ${table} unique, which exists`),
  ]);
}

async function statementsOf(Migration: (typeof MIGRATIONS)[number]): Promise<string[]> {
  const statements: string[] = [];
  const withoutComments = (sql: string): string => sql.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ').trim();
  const runner = { query: (sql: string) => Promise.resolve(statements.push(withoutComments(sql))) };
  await new Migration().up(runner as unknown as QueryRunner);
  return statements;
}

describe('the release before', () => {
  it('works on the schema of this one: migrations only add, or say why not', async () => {
    const found = await Promise.all(
      MIGRATIONS.map(async (Migration) => [new Migration().name, faults(await statementsOf(Migration))] as const),
    );
    const broken = found.filter(([, each]) => each.length > 0);
    expect(broken.filter(([name]) => !(name in ALLOWED))).toEqual([]);
    expect(Object.keys(ALLOWED)).toEqual(broken.map(([name]) => name));
  });
});

describe(faults, () => {
  it.each([
    'ALTER TABLE connectors DROP COLUMN status',
    'ALTER TABLE connectors RENAME COLUMN status TO state',
    'ALTER TABLE connectors ALTER COLUMN status TYPE integer',
    'ALTER TABLE connectors ALTER COLUMN status SET NOT NULL',
    'ALTER TABLE connectors ADD COLUMN a text, ADD COLUMN b text NOT NULL, ADD COLUMN c text',
    "ALTER TABLE connectors ADD CHECK (status <> '')",
    'CREATE UNIQUE INDEX one ON connectors (cp_id)',
    'DROP TABLE connectors',
  ])('refuses %s', (sql) => {
    expect(faults([sql])).toHaveLength(1);
  });

  it.each([
    'ALTER TABLE connectors ADD COLUMN a text, ADD COLUMN b numeric(10, 2) NOT NULL DEFAULT 0',
    'CREATE INDEX CONCURRENTLY one ON connectors (cp_id)',
    'DROP INDEX CONCURRENTLY IF EXISTS one',
  ])('allows %s', (sql) => {
    expect(faults([sql])).toEqual([]);
  });

  it('allows a unique index of a table that the migration creates', () => {
    expect(faults(['CREATE TABLE news (id text)', 'CREATE UNIQUE INDEX one ON news (id)'])).toEqual([]);
  });
});
