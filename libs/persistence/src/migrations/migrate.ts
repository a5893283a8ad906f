import pg from 'pg';
import { SOURCE, createDatabase, type DatabaseOptions } from '../database.ts';

/** Key of the lock that lets one migration run at a time; any constant that nobody else in the database uses. */
const MIGRATION_LOCK = 0x0c99_0001;

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
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const done = await database[SOURCE].runMigrations();
    return done.map((migration) => migration.name);
  } finally {
    // Ends the session, and with it the lock.
    await lock.end();
    await database.stop();
  }
}
