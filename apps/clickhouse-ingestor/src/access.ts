import { accessScript, clickhouseCluster, clickhouseMigrationSchema, clickhouseTarget } from '@ocpp-gw/clickhouse';
import { ConfigError, loadConfig } from '@ocpp-gw/service-kit';
import { parseArgs } from 'node:util';
import { env } from './config.ts';

// Writes the statements that make a role for reading: `node dist/access.js [--role acme] [--operator ACME]`.
try {
  const { values } = parseArgs({
    options: { role: { type: 'string', default: 'ocpp_reader' }, operator: { type: 'string' } },
  });
  const { role, operator } = values;
  if (!/^\w+$/.test(role)) throw new ConfigError(['--role: must consist of letters, digits and underscores']);
  const config = loadConfig(clickhouseMigrationSchema, env);
  const { database } = clickhouseTarget(config, 'access');
  process.stdout.write(
    await accessScript({ database, role, ...(operator && { operator }) }, clickhouseCluster(config)),
  );
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
