import { describe, expect, it } from '@jest/globals';
import { ddlFolder, readDdlFiles } from '../migrator/ddl-files.ts';
import { LOCK } from '../migrator/migration-lock.ts';
import { OWN_TABLES } from '../migrator/schema-tables.ts';
import { readViewFiles, viewsFolder } from '../migrator/view-files.ts';
import { onCluster } from './on-cluster.ts';

const cluster = { name: '{cluster}', replicaPath: '/clickhouse/tables/{uuid}/{shard}' };
const sut = (statement: string): string => onCluster(statement, cluster);

const everything = async (): Promise<[string, string][]> => [
  ...(await readDdlFiles(ddlFolder)).flatMap(({ name, statements }) =>
    statements.map((statement): [string, string] => [name, statement]),
  ),
  ...(await readViewFiles(viewsFolder)).map(({ view, statement }): [string, string] => [view, statement]),
  ...[...OWN_TABLES, LOCK].map((statement): [string, string] => ['tables of the migrator', statement]),
];

describe('onCluster', () => {
  it.each([
    ['CREATE DATABASE IF NOT EXISTS ocpp', "CREATE DATABASE IF NOT EXISTS ocpp ON CLUSTER '{cluster}'"],
    [
      'CREATE DATABASE IF NOT EXISTS {database:Identifier}',
      "CREATE DATABASE IF NOT EXISTS {database:Identifier} ON CLUSTER '{cluster}'",
    ],
    [
      'CREATE TABLE IF NOT EXISTS a\n(\n    x Int32\n)\nENGINE = MergeTree\nORDER BY x',
      "CREATE TABLE IF NOT EXISTS a ON CLUSTER '{cluster}'\n(\n    x Int32\n)\nENGINE = ReplicatedMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}')\nORDER BY x",
    ],
    [
      'CREATE TABLE a (x Int32)\nENGINE = ReplacingMergeTree(revision, gone)\nSETTINGS non_replicated_deduplication_window = 1000',
      "CREATE TABLE a ON CLUSTER '{cluster}' (x Int32)\nENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}', revision, gone)\nSETTINGS replicated_deduplication_window = 1000",
    ],
    [
      '-- Why.\n-- Because.\nCREATE MATERIALIZED VIEW IF NOT EXISTS f TO t AS\nSELECT 1 FROM a',
      "-- Why.\n-- Because.\nCREATE MATERIALIZED VIEW IF NOT EXISTS f ON CLUSTER '{cluster}' TO t AS\nSELECT 1 FROM a",
    ],
    ['CREATE OR REPLACE VIEW v\nAS SELECT 1', "CREATE OR REPLACE VIEW v ON CLUSTER '{cluster}'\nAS SELECT 1"],
    ['DROP VIEW IF EXISTS v', "DROP VIEW IF EXISTS v ON CLUSTER '{cluster}'"],
    ['DROP TABLE IF EXISTS a', "DROP TABLE IF EXISTS a ON CLUSTER '{cluster}'"],
    ['TRUNCATE TABLE IF EXISTS a', "TRUNCATE TABLE IF EXISTS a ON CLUSTER '{cluster}'"],
    ['ALTER TABLE a\n    ADD COLUMN x Int8', "ALTER TABLE a ON CLUSTER '{cluster}'\n    ADD COLUMN x Int8"],
    ['EXCHANGE TABLES a AND b', "EXCHANGE TABLES a AND b ON CLUSTER '{cluster}'"],
    ['RENAME TABLE IF EXISTS a TO b', "RENAME TABLE IF EXISTS a TO b ON CLUSTER '{cluster}'"],
    ['INSERT INTO a SELECT 1', 'INSERT INTO a SELECT 1'],
  ])('makes of %j %j', (statement, expected) => {
    expect(sut(statement)).toBe(expected);
  });

  it('leaves every statement of this build as it is without a cluster', async () => {
    for (const [, statement] of await everything()) expect(onCluster(statement, undefined)).toBe(statement);
  });

  it('says the cluster in every statement of this build that is not about rows, once', async () => {
    for (const [file, statement] of await everything()) {
      const sql = sut(statement).replace(/^(--.*\n)*/, '');
      const times = sql.split("ON CLUSTER '{cluster}'").length - 1;
      expect([file, sql.slice(0, 60), times]).toEqual([file, sql.slice(0, 60), sql.startsWith('INSERT') ? 0 : 1]);
    }
  });

  it('gives every table of this build replicas and their window of repeated inserts', async () => {
    const tables = (await everything()).filter(([, statement]) => /^CREATE TABLE/m.test(statement));
    expect(tables.length).toBeGreaterThan(25);
    for (const [, statement] of tables) {
      const rendered = sut(statement);
      expect(rendered).toMatch(
        /^ENGINE = Replicated\w*MergeTree\('\/clickhouse\/tables\/\{uuid\}\/\{shard\}', '\{replica\}'[,)]/m,
      );
      expect(rendered).not.toContain('non_replicated');
      expect(rendered.includes('replicated_deduplication_window')).toBe(statement.includes('deduplication_window'));
    }
  });
});
