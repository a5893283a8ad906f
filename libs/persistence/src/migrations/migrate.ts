import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { SOURCE, createDatabase, type DatabaseOptions } from '../database.ts';

/** Key of the lock that lets one migration run at a time; any constant that nobody else in the database uses. */
const MIGRATION_LOCK = 0x0c99_0001;
const RETRY_MS = 200;

/**
 * Brings the schema to this build's version and returns the names of the migrations run. Safe when several start at
 * once: the later ones wait, then find nothing to do.
 */
export async function migrate(options: Pick<DatabaseOptions, 'url' | 'applicationName' | 'logger'>): Promise<string[]> {
  const database = createDatabase({ ...options, poolSize: 2, statementTimeoutMs: 0 });
  await database.start();
  const lock = new pg.Client({
    connectionString: options.url,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
  });
  try {
    await lock.connect();
    while (!(await locked(lock))) await sleep(RETRY_MS);
    const done = await database[SOURCE].runMigrations();
    return done.map((migration) => migration.name);
  } finally {
    // Ends the session, and with it the lock.
    await lock.end();
    await database.stop();
  }
}

/** Asked for, not waited for: a statement that waits would keep the build of an index waiting for it. */
async function locked(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
    MIGRATION_LOCK,
  ]);
  return rows[0]?.locked ?? false;
}
