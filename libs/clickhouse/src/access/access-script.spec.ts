import { describe, expect, it } from '@jest/globals';
import { splitStatements } from '../migrator/statements.ts';
import { accessScript } from './access-script.ts';

const reader = { database: 'ocpp', role: 'ocpp_reader' };
const policies = (script: string): string[] => script.match(/^CREATE ROW POLICY.*$/gm) ?? [];

describe('accessScript', () => {
  it('makes a role that reads one database within limits', async () => {
    const script = await accessScript(reader, undefined);
    expect(script).toContain('GRANT SELECT ON ocpp.* TO ocpp_reader;');
    expect(script).toContain('CREATE ROLE IF NOT EXISTS ocpp_reader SETTINGS PROFILE');
    expect(script).toMatch(/CREATE QUOTA IF NOT EXISTS ocpp_reader_quota/);
    expect(script).not.toMatch(/\{\w+\}/);
  });

  it('keeps an operator to the rows of charge points with its tag, in every table that has an identity', async () => {
    const script = await accessScript({ ...reader, role: 'acme', operator: "O'Hare" }, undefined);
    const rows = policies(script);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows[0]).toBe(
      "CREATE ROW POLICY IF NOT EXISTS acme_rows ON ocpp.boots FOR SELECT USING cp_id IN (SELECT cp_id FROM ocpp.charge_points WHERE tags['operator'] = 'O\\'Hare') TO acme;",
    );
    expect(rows.join()).not.toMatch(/ocpp\.(sessions|charge_point_facts|schema_migrations) /);
  });

  it('lets a role without an operator see every row, although others have policies', async () => {
    const [all, kept] = [
      await accessScript(reader, undefined),
      await accessScript({ ...reader, operator: 'a' }, undefined),
    ];
    expect(policies(all)).toHaveLength(policies(kept).length);
    expect(policies(all)[0]).toContain('USING 1 TO ocpp_reader');
  });

  it('says the cluster in every statement', async () => {
    const cluster = { name: '{cluster}', replicaPath: '/x' };
    const statements = splitStatements(await accessScript({ ...reader, operator: 'a' }, cluster));
    for (const statement of statements) expect(statement.split("ON CLUSTER '{cluster}'")).toHaveLength(2);
  });
});
