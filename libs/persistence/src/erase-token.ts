import { parseArgs } from 'node:util';
import { z } from 'zod';
import { databaseConfig } from './config.ts';
import { createDatabase } from './database.ts';
import { eraseToken } from './erasure/erase-token.ts';

// Replaces an id token by a pseudonym: `node dist/erase-token.js --token TAG --as erased-1 [--apply]`.
// eslint-disable-next-line no-restricted-properties -- a command: no app's config.ts stands before it
const config = z.object({ EVEYS_OCPP_DB_URL: databaseConfig.EVEYS_OCPP_DB_URL }).safeParse(process.env);
const { values } = parseArgs({
  options: { token: { type: 'string' }, as: { type: 'string' }, apply: { type: 'boolean', default: false } },
});
if (!config.success || !values.token || !values.as) {
  process.stderr.write(
    config.success ? 'name the token and what replaces it: --token, --as\n' : `${z.prettifyError(config.error)}\n`,
  );
  process.exit(2);
}

const database = createDatabase({ url: config.data.EVEYS_OCPP_DB_URL, poolSize: 1, applicationName: 'erase-token' });
try {
  await database.start();
  const rows = await eraseToken(database, { token: values.token, pseudonym: values.as, apply: values.apply });
  for (const [place, number] of rows) process.stdout.write(`postgres ${place}: ${number}\n`);
  process.stdout.write(
    values.apply ? `postgres: replaced by ${values.as}\n` : 'postgres: nothing changed; add --apply\n',
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await database.stop();
}
