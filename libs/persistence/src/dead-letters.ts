import { z } from 'zod';
import { databaseConfig } from './config.ts';
import { createDatabase } from './database.ts';
import { UsageError, deadLetterCommand } from './dead-letter-command.ts';
import { Outbox } from './outbox.ts';
import { WebhookDeliveries } from './webhook-deliveries.ts';
import { WebhookDeliveryLog } from './webhook-delivery-log.ts';

// eslint-disable-next-line no-restricted-properties -- a command: no app's config.ts stands before it
const config = z.object({ EVEYS_OCPP_DB_URL: databaseConfig.EVEYS_OCPP_DB_URL }).safeParse(process.env);
if (!config.success) {
  process.stderr.write(`${z.prettifyError(config.error)}\n`);
  process.exit(1);
}

const database = createDatabase({ url: config.data.EVEYS_OCPP_DB_URL, poolSize: 1, applicationName: 'dead-letters' });
try {
  await database.start();
  const deliveries = new WebhookDeliveries(database);
  const log = new WebhookDeliveryLog(database);
  const webhooks = {
    depth: () => deliveries.depth(),
    list: log.list.bind(log),
    replay: log.replay.bind(log),
  };
  const refused = { outbox: new Outbox(database), webhooks };
  process.stdout.write(await deadLetterCommand(process.argv.slice(2), refused));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
} finally {
  await database.stop();
}
