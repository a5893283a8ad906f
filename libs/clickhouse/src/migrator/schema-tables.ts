import type { ClickHouseClient } from '@clickhouse/client';
import type { AppliedFile } from './plan.ts';
import type { AppliedView } from './view-plan.ts';

const SCHEMA_MIGRATIONS = `
CREATE TABLE IF NOT EXISTS schema_migrations
(
    version UInt32 COMMENT 'Number of the file',
    name String COMMENT 'File name',
    checksum String COMMENT 'SHA-256 of the file',
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When it was applied'
)
ENGINE = ReplacingMergeTree
ORDER BY version
COMMENT 'DDL files applied to this database'`;

const SCHEMA_VIEWS = `
CREATE TABLE IF NOT EXISTS schema_views
(
    view String COMMENT 'Name of the view',
    checksum String COMMENT 'SHA-256 of its file; empty once it was dropped',
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When it was applied'
)
ENGINE = ReplacingMergeTree(applied_at)
ORDER BY view
COMMENT 'Views that the migrator made in this database'`;

/** What the migrator keeps of its own work, in the database that it works on. */
export class SchemaTables {
  readonly #client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.#client = client;
  }

  async create(): Promise<void> {
    for (const query of [SCHEMA_MIGRATIONS, SCHEMA_VIEWS]) await this.#client.command({ query });
  }

  appliedFiles(): Promise<AppliedFile[]> {
    return this.rows('SELECT version, name, checksum FROM schema_migrations FINAL ORDER BY version');
  }

  appliedViews(): Promise<AppliedView[]> {
    return this.rows('SELECT view, checksum FROM schema_views FINAL ORDER BY view');
  }

  async keepFile({ version, name, checksum }: AppliedFile): Promise<void> {
    await this.insert('schema_migrations', { version, name, checksum });
  }

  async keepView(view: string, checksum: string): Promise<void> {
    await this.insert('schema_views', { view, checksum });
  }

  private async rows<T>(query: string): Promise<T[]> {
    return (await this.#client.query({ query, format: 'JSONEachRow' })).json<T>();
  }

  private async insert(table: string, row: object): Promise<void> {
    await this.#client.insert({ table, values: [row], format: 'JSONEachRow' });
  }
}
