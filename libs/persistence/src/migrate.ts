import { z } from 'zod';
import { databaseConfig } from './config.ts';
import { migrate } from './migrations/migrate.ts';

const config = z.object({ EVEYS_OCPP_DB_URL: databaseConfig.EVEYS_OCPP_DB_URL }).safeParse(process.env);
if (!config.success) {
  process.stderr.write(`${z.prettifyError(config.error)}\n`);
  process.exit(1);
}

try {
  const done = await migrate({ url: config.data.EVEYS_OCPP_DB_URL, applicationName: 'migrate' });
  process.stdout.write(done.length > 0 ? `migrated: ${done.join(', ')}\n` : 'the schema is up to date\n');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
