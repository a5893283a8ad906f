import pg from 'pg';
import { connectionOn, type Database } from './database.ts';
import type { Connection } from './sql.ts';

/** First key of the two-key advisory locks taken here; any constant that nobody else in the database uses. */
const LOCK_SPACE = 0x0c99;

export interface Lease {
  /** The very connection that holds the lock: statements on it fail once the lock is lost. */
  connection: Connection;
  /** Aborted when the connection, and with it the lock, is lost. */
  lost: AbortSignal;
}

/** Exactly one holder of a name in the whole fleet, by a session-level advisory lock on a connection of its own. */
export class Leadership {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Runs `work` if the name is free, and holds it meanwhile. False: another session holds it. */
  async withLeadership(name: string, work: (lease: Lease) => Promise<void>): Promise<boolean> {
    const client = new pg.Client(this.connection(name));
    const lost = new AbortController();
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    try {
      await client.connect();
      const locked = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1, hashtext($2)) AS held', [
        LOCK_SPACE,
        name,
      ]);
      if (!locked.rows[0]?.held) return false;
      await work({ connection: connectionOn(client), lost: lost.signal });
      return true;
    } finally {
      // Ends the session, and so the lock, whatever state the connection is in.
      await client.end().catch(() => undefined);
    }
  }

  private connection(name: string): pg.ClientConfig {
    const { url, applicationName } = this.database.options;
    return {
      connectionString: url,
      application_name: `${applicationName} ${name}`,
      connectionTimeoutMillis: 5_000,
      query_timeout: 12_000,
      statement_timeout: 10_000,
      keepAlive: true,
      // A relay asks for the next rows while others are removed.
      pipeline: true,
      // Makes the server notice within about 20 s that this end is gone, so that another pod may lead.
      options: '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
    };
  }
}
