import { clickhouseCluster, clickhouseMigrationSchema, clickhouseTarget, eraseToken } from '@ocpp-gw/clickhouse';
import { ConfigError, loadConfig } from '@ocpp-gw/service-kit';
import { parseArgs } from 'node:util';
import { env } from './config.ts';

// Replaces an id token by a pseudonym: `node dist/erase-token.js --token TAG --as erased-1 [--apply]`.
try {
  const { values } = parseArgs({
    options: { token: { type: 'string' }, as: { type: 'string' }, apply: { type: 'boolean', default: false } },
  });
  const { token, as: pseudonym, apply } = values;
  if (!token || !pseudonym) throw new ConfigError(['name the token and what replaces it: --token, --as']);
  const config = loadConfig(clickhouseMigrationSchema, env);
  const target = clickhouseTarget(config, 'erase-token');
  const rows = await eraseToken(target, { token, pseudonym, apply }, clickhouseCluster(config));
  for (const [place, number] of rows) process.stdout.write(`clickhouse ${place}: ${number}\n`);
  process.stdout.write(apply ? `clickhouse: replaced by ${pseudonym}\n` : 'clickhouse: nothing changed; add --apply\n');
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
