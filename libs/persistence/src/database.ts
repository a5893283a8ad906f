import type { Duplex } from 'node:stream';
import pg, { type Pool, type PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { ENTITIES } from './entities/index.ts';
import { DatabaseUnavailableError } from './errors.ts';
import type { Logger } from './logger.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { SQL, type Connection, type Sql, type Statement } from './sql.ts';
import { statement } from './statement.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** The server cancels a statement after this. */
const STATEMENT_TIMEOUT_MS = 10_000;
/**
 * How much longer the client waits, in case the server does not answer at all. The server's error is clearer, so it should
 * come first.
 */
const ANSWER_MARGIN_MS = 2_000;
const LOCK_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000;

export interface DatabaseOptions {
  url: string;
  poolSize: number;
  /** Shown in pg_stat_activity: app and pod. */
  applicationName: string;
  /** 0 sets no limit for a statement (migrations). */
  statementTimeoutMs?: number;
  logger?: Logger;
}

/** The library does not export this name: migrations and repositories get the entities from it. */
export const SOURCE: unique symbol = Symbol('source');

export function createDatabase(options: DatabaseOptions): Database {
  return new Database(options);
}

/** Postgres. Every wait is bounded: if the database cannot be reached, calls fail and never hang. */
export class Database implements Connection {
  readonly options: DatabaseOptions;
  readonly [SQL]: Sql = { query: (text, values) => this.query(text, values) };
  readonly [SOURCE]: DataSource;
  private pool: Pool | undefined;

  constructor(options: DatabaseOptions) {
    this.options = options;
    const { statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
    const opened = (pool: Pool): void => {
      this.pool = pool;
    };
    this[SOURCE] = new DataSource({
      type: 'postgres',
      // TypeORM makes the pool; statements of our own, which are prepared, go over the same connections.
      driver: {
        ...pg,
        Pool: class extends pg.Pool {
          constructor(settings: pg.PoolConfig) {
            super(settings);
            opened(this);
          }
        },
      },
      url: options.url,
      entities: [...ENTITIES],
      migrations: [...MIGRATIONS],
      migrationsTransactionMode: 'each',
      synchronize: false,
      logging: false,
      applicationName: options.applicationName,
      poolSize: options.poolSize,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      poolErrorHandler: (error: unknown) => {
        options.logger?.warn('idle postgres connection lost', { err: error });
      },
      extra: {
        // A queued statement is sent without waiting for the one before it: BEGIN costs no round trip of its own.
        pipeline: true,
        onConnect: (client: PoolClient) => void client.on('error', statementsTell),
        keepAlive: true,
        query_timeout: statementTimeoutMs && statementTimeoutMs + ANSWER_MARGIN_MS,
        statement_timeout: statementTimeoutMs,
        lock_timeout: LOCK_TIMEOUT_MS,
        idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      },
    });
  }

  /** @throws DatabaseUnavailableError when Postgres cannot be reached within a few seconds. */
  async start(): Promise<void> {
    if (this[SOURCE].isInitialized) return;
    try {
      await this[SOURCE].initialize();
    } catch (cause) {
      const { host, pathname } = new URL(this.options.url);
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new DatabaseUnavailableError(
        `no Postgres at ${host}${pathname} (${why}): check that it runs and that EVEYS_OCPP_DB_URL is right`,
        { cause },
      );
    }
  }

  async stop(): Promise<void> {
    if (this[SOURCE].isInitialized) await this[SOURCE].destroy();
  }

  async ready(): Promise<void> {
    await this.query('SELECT 1');
  }

  /** How many connections the pool has, and how many statements and transactions wait for one. */
  load(): { size: number; busy: number; idle: number; waiting: number } {
    const { totalCount = 0, idleCount: idle = 0, waitingCount: waiting = 0 } = this.pool ?? {};
    return { size: this.options.poolSize, busy: totalCount - idle, idle, waiting };
  }

  /** Runs `work` in one transaction; resolves only after COMMIT was acknowledged. */
  transaction<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    return this.inTransaction(async (client) => {
      const [, result] = await Promise.all([client.query('BEGIN'), work(connectionOn(client))]);
      await committed(client);
      return result;
    });
  }

  /**
   * As {@link transaction}; the last statement, which the work gives, is sent together with the COMMIT. That saves a round trip.
   * @returns the rows of the last statement
   */
  transactionEndingWith<Row extends object>(
    work: (connection: Connection) => Promise<Statement | null>,
  ): Promise<Row[]> {
    return this.inTransaction(async (client) => {
      const begun = togetherOn(client, () => client.query('BEGIN'));
      const [, last] = await Promise.all([begun, work(connectionOn(client))]);
      const [rows] = await togetherOn(client, () =>
        Promise.all([last ? connectionOn(client)[SQL].query<Row>(last.text, last.values) : [], committed(client)]),
      );
      return rows;
    });
  }

  private async inTransaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.connected().connect();
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      await rollback(client);
      throw error;
    }
  }

  private async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.connected().query<Row>(statement(text, values));
    return result.rows;
  }

  private connected(): Pool {
    if (!this.pool || !this[SOURCE].isInitialized) throw new DatabaseUnavailableError('the database is not started');
    return this.pool;
  }
}

export function connectionOn(client: Pick<PoolClient, 'query'>): Connection {
  return {
    [SQL]: {
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) => {
        const result = await client.query<Row>(statement(text, values));
        return result.rows;
      },
    },
  };
}

async function committed(client: PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  // A COMMIT of a failed transaction is answered with ROLLBACK, and is no error on the wire.
  if (command !== 'COMMIT') throw new Error('the transaction was rolled back: a statement in it failed');
}

/** Sends with one write what is sent until the end of this turn of the event loop; otherwise each statement is one. */
function togetherOn<Result>(client: PoolClient, send: () => Result): Result {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
  return send();
}

/**
 * A connection that is lost fails the statements on it; with nobody listening it would end the process besides. And nobody
 * is: the pool stops listening when it gives a connection out, which may be lost before the taker's first turn.
 */
function statementsTell(): void {}

/** Gives the connection back only if it is clean. */
async function rollback(client: PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}
