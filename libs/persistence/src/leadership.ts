import pg from 'pg';
import { connectionOn, type Database } from './database.ts';
import { SQL, type Connection, type Sql } from './sql.ts';

/** First key of the two-key advisory locks taken here; any constant that nobody else in the database uses. */
const LOCK_SPACE = 0x0c99;

/** How many sessions hold a name together, and the index of this one, from 0. */
export interface Company {
  members: number;
  rank: number;
}

/** A connection to Postgres that holds locks: they are lost with it. */
export class Lease implements Connection {
  /** Statements on the very connection that holds the locks: they fail once these are lost. */
  readonly [SQL]: Sql;
  private readonly client: pg.Client;
  private readonly ended = new AbortController();

  constructor(client: pg.Client) {
    const { [SQL]: sql } = connectionOn(client);
    this.client = client;
    this[SQL] = {
      query: async <Row extends object>(text: string, values?: readonly unknown[]) => {
        try {
          return await sql.query<Row>(text, values);
        } catch (error) {
          // An error from the server leaves the connection as it was. After any other error it is unknown which locks are held.
          if (!(error instanceof pg.DatabaseError)) void this.end();
          throw error;
        }
      },
    };
    client.on('error', () => this.ended.abort());
    client.on('end', () => this.ended.abort());
  }

  /** Aborted when the connection, and with it every lock, is lost. */
  get lost(): AbortSignal {
    return this.ended.signal;
  }

  /** Returns false when another session holds the name. Each lock that is given is paid back by one {@link unlock}. */
  lock(name: string): Promise<boolean> {
    return this.call('pg_try_advisory_lock', name);
  }

  async unlock(name: string): Promise<void> {
    await this.call('pg_advisory_unlock', name);
  }

  /** Holds a name together with others; whoever wants it alone has to wait. False: somebody holds it alone. */
  join(name: string): Promise<boolean> {
    return this.call('pg_try_advisory_lock_shared', name);
  }

  async leave(name: string): Promise<void> {
    await this.call('pg_advisory_unlock_shared', name);
  }

  /** For a name that was joined. */
  async company(name: string): Promise<Company> {
    const [company] = await this[SQL].query<Company>(
      `SELECT count(*)::int AS members, (count(*) FILTER (WHERE pid < pg_backend_pid()))::int AS rank
       FROM pg_locks
       WHERE locktype = 'advisory' AND classid = $1::int::oid AND objid = hashtext($2)::oid AND objsubid = 2
         AND mode = 'ShareLock' AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [LOCK_SPACE, name],
    );
    return company ?? { members: 0, rank: 0 };
  }

  /** Ends the session, and so all locks, whatever state the connection is in. */
  async end(): Promise<void> {
    this.ended.abort();
    await this.client.end().catch(() => undefined);
  }

  private async call(lockFunction: string, name: string): Promise<boolean> {
    const [row] = await this[SQL].query<{ done: boolean }>(`SELECT ${lockFunction}($1, hashtext($2)) AS done`, [
      LOCK_SPACE,
      name,
    ]);
    return row?.done ?? false;
  }
}

/** Distributes work among pods by session-level advisory locks. One connection holds all locks of this instance. */
export class Leadership {
  private readonly database: Database;
  private lease: Promise<Lease> | undefined;

  constructor(database: Database) {
    this.database = database;
  }

  /** The connection that is there, or a new one. */
  connect(): Promise<Lease> {
    this.lease = this.connected(this.lease);
    return this.lease;
  }

  /** Runs `work` if nobody else holds the name, and holds it meanwhile. False: another session holds it. */
  async withLeadership(name: string, work: (lease: Lease) => Promise<void>): Promise<boolean> {
    const lease = await this.connect();
    if (!(await lease.lock(name))) return false;
    try {
      await work(lease);
      return true;
    } finally {
      await released(lease, () => lease.unlock(name));
    }
  }

  async stop(): Promise<void> {
    const lease = await this.lease?.catch(() => undefined);
    await lease?.end();
  }

  private async connected(before: Promise<Lease> | undefined): Promise<Lease> {
    const current = await before?.catch(() => undefined);
    if (current && !current.lost.aborted) return current;
    const client = new pg.Client(this.connection());
    const lease = new Lease(client);
    try {
      await client.connect();
    } catch (error) {
      await lease.end();
      throw error;
    }
    return lease;
  }

  private connection(): pg.ClientConfig {
    const { url, applicationName } = this.database.options;
    return {
      connectionString: url,
      application_name: `${applicationName} leases`,
      connectionTimeoutMillis: 5_000,
      query_timeout: 12_000,
      statement_timeout: 10_000,
      keepAlive: true,
      // A relay asks for the next rows while others are removed.
      pipeline: true,
      options: [
        // Makes the server notice within about 20 s that this end is gone, so that another pod may lead.
        '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
        // Statements are planned while tables are nearly empty, but run when they are full.
        '-c enable_seqscan=off',
      ].join(' '),
    };
  }
}

/** Gives locks back; where that fails, the connection goes, and all locks with it: nobody waits for one that is not used. */
export async function released(lease: Lease, release: () => Promise<void>): Promise<void> {
  if (lease.lost.aborted) return;
  await release().catch(() => lease.end());
}
