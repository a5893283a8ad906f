import {
  MigrationError,
  clickhouseCluster,
  clickhouseMigrationSchema,
  clickhouseTarget,
  migrate,
  printSchema,
  schemaFolders,
} from '@ocpp-gw/clickhouse';
import { ConfigError, loadConfig } from '@ocpp-gw/service-kit';
import { env } from './config.ts';

// Brings ClickHouse to the newest DDL: `node dist/migrate.js`. Exit code 1 and the reason on stderr when it cannot.
// With --print it only writes the statements.
try {
  const config = loadConfig(clickhouseMigrationSchema, env);
  const target = clickhouseTarget(config, 'clickhouse-ingestor');
  const cluster = clickhouseCluster(config);
  if (process.argv.includes('--print')) {
    process.stdout.write(await printSchema(schemaFolders, target.database, cluster));
  } else {
    const applied = await migrate(target, schemaFolders, {
      cluster,
      messageDays: config.EVEYS_OCPP_CLICKHOUSE_MESSAGES_DAYS,
    });
    const what = applied.length ? `applied ${applied.join(', ')}` : 'nothing to apply';
    process.stdout.write(`clickhouse database ${target.database}: ${what}\n`);
  }
} catch (error) {
  const isExpected = error instanceof ConfigError || error instanceof MigrationError;
  process.stderr.write(`clickhouse migration failed: ${isExpected ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
