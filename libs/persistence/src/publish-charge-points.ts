import { z } from 'zod';
import { ChargePoints } from './charge-points.ts';
import { databaseConfig } from './config.ts';
import { createDatabase } from './database.ts';

// Publishes cp.station for every charge point that is registered: `node dist/publish-charge-points.js`.
// eslint-disable-next-line no-restricted-properties -- a command: no app's config.ts stands before it
const config = z.object({ EVEYS_OCPP_DB_URL: databaseConfig.EVEYS_OCPP_DB_URL }).safeParse(process.env);
if (!config.success) {
  process.stderr.write(`${z.prettifyError(config.error)}\n`);
  process.exit(1);
}

const database = createDatabase({
  url: config.data.EVEYS_OCPP_DB_URL,
  poolSize: 1,
  applicationName: 'publish-charge-points',
});
try {
  await database.start();
  process.stdout.write(`cp.station: published ${await new ChargePoints(database).publishAll()} charge points\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await database.stop();
}
