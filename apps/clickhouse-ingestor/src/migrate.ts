import { MigrationError, clickhouseSchema, clickhouseTarget, schemaFolders, migrate } from '@ocpp-gw/clickhouse';
import { ConfigError, loadConfig } from '@ocpp-gw/service-kit';
import { env } from './config.ts';

// Brings ClickHouse to the newest DDL: `node dist/migrate.js`. Exit code 1 and the reason on stderr when it cannot.
try {
  const target = clickhouseTarget(loadConfig(clickhouseSchema, env), 'clickhouse-ingestor');
  const applied = await migrate(target, schemaFolders);
  const what = applied.length ? `applied ${applied.join(', ')}` : 'nothing to apply';
  process.stdout.write(`clickhouse database ${target.database}: ${what}\n`);
} catch (error) {
  const isExpected = error instanceof ConfigError || error instanceof MigrationError;
  process.stderr.write(`clickhouse migration failed: ${isExpected ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
