import type { AppliedFile } from './plan.ts';
import type { SchemaClient } from './schema-client.ts';
import type { AppliedView } from './view-plan.ts';

const SCHEMA_MIGRATIONS = `CREATE TABLE IF NOT EXISTS schema_migrations
(
    version UInt32 COMMENT 'Number of the file',
    name String COMMENT 'File name',
    checksum String COMMENT 'SHA-256 of the file',
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When it was applied'
)
ENGINE = ReplacingMergeTree
ORDER BY version
COMMENT 'DDL files applied to this database'`;

const SCHEMA_VIEWS = `CREATE TABLE IF NOT EXISTS schema_views
(
    view String COMMENT 'Name of the view',
    checksum String COMMENT 'SHA-256 of its file; empty once it was dropped',
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When it was applied'
)
ENGINE = ReplacingMergeTree(applied_at)
ORDER BY view
COMMENT 'Views that the migrator made in this database'`;

export const OWN_TABLES: readonly string[] = [SCHEMA_MIGRATIONS, SCHEMA_VIEWS];

/** What the migrator keeps of its own work, in the database that it works on. */
export class SchemaTables {
  readonly #client: SchemaClient;

  constructor(client: SchemaClient) {
    this.#client = client;
  }

  async create(): Promise<void> {
    for (const statement of OWN_TABLES) await this.#client.command(statement);
  }

  appliedFiles(): Promise<AppliedFile[]> {
    return this.#client.rows('SELECT version, name, checksum FROM schema_migrations FINAL ORDER BY version');
  }

  appliedViews(): Promise<AppliedView[]> {
    return this.#client.rows('SELECT view, checksum FROM schema_views FINAL ORDER BY view');
  }

  async keepFile({ version, name, checksum }: AppliedFile): Promise<void> {
    await this.#client.insert('schema_migrations', { version, name, checksum });
  }

  async keepView(view: string, checksum: string): Promise<void> {
    await this.#client.insert('schema_views', { view, checksum });
  }
}
