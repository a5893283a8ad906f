import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { decodeEvent, type Event } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import type { Effect } from '@ocpp-gw/ocpp-j';
import { OUTBOX_SHARDS, Outbox, createDatabase, migrate, type Database, type OutboxRow } from '@ocpp-gw/persistence';
import { TransactionLedgers } from '@ocpp-gw/persistence/facts';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { Commit } from '../commit.ts';
import { Effects, type Committed } from '../effects.ts';
import { StationTransactions } from '../transactions/station-transactions.ts';

export interface OnPostgresOptions {
  protocol: 'ocpp1.6' | 'ocpp2.0.1';
  /** Whether session calls go to a backend. */
  backend?: boolean;
  /** Whether the backend hears of what changes while a session runs. */
  sessionUpdates?: boolean;
}

interface Pod {
  effects: Effects;
  transactions: StationTransactions;
}

/** Effects on a Postgres of the describe's own; each test speaks as another station. Call it in the describe. */
export function effectsOnPostgres(
  name: string,
  { protocol, backend = false, sessionUpdates = false }: OnPostgresOptions,
) {
  let plane: DataPlane;
  let parts: { database: Database; outbox: Outbox; commit: Commit };
  let pods: Pod[] = [];
  let stations = 0;

  beforeAll(async () => {
    plane = await startDataPlane({ name, only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    const database = createDatabase({ url: plane.postgresUrl, poolSize: 6, applicationName: 'spec' });
    await database.start();
    const outbox = new Outbox(database);
    const commit = new Commit({ database, outbox, onCommitted: () => undefined });
    parts = { database, outbox, commit };
    pods = [];
  }, 120_000);

  afterAll(async () => {
    await parts?.database.stop();
    await plane?.stop();
  });

  beforeEach(() => {
    stations += 1;
  });

  function pod(n: number): Pod {
    const { database, commit } = parts;
    const transactions = new StationTransactions(new TransactionLedgers(database));
    const effects = new Effects({ commit, transactions, pod: `pod-${n + 1}`, backend, sessionUpdates });
    return { effects, transactions };
  }

  const station = {
    get database(): Database {
      return parts.database;
    },
    get outbox(): Outbox {
      return parts.outbox;
    },
    get commit(): Commit {
      return parts.commit;
    },
    get cpId(): string {
      return `CP-${stations}`;
    },
    /** The next station, within one test. */
    another(): void {
      stations += 1;
    },
    /** One of the pods that write for the station; each has a memory of its own. */
    pod: (n: number): Pod => (pods[n] ??= pod(n)),
    /** The pods have lost their memory. */
    restart: (): void => {
      pods = [];
    },
    commitAt: (now: Date, ...effects: Effect[]): Promise<Committed> => station.commitBy(0, now, ...effects),
    commitBy: (n: number, now: Date, ...effects: Effect[]): Promise<Committed> =>
      station.pod(n).effects.commit({ cpId: station.cpId, protocol }, effects, now),
    rows: (table: string, columns: string, order = '1'): Promise<Record<string, unknown>[]> =>
      sqlOf(parts.database).query(`SELECT ${columns} FROM ${table} WHERE cp_id = $1 ORDER BY ${order}`, [station.cpId]),
    /** Takes what the outbox holds, Kafka's first. */
    takeAll: async (): Promise<OutboxRow[]> => {
      const shards = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => shard);
      const { outbox } = parts;
      const kafka = await outbox.take('kafka', shards, { limit: 9999 });
      return [...kafka, ...(await outbox.take('backend', shards, { limit: 9999 }))];
    },
    /** Takes what the outbox holds for the station, Kafka's first. */
    outgoing: async (): Promise<OutboxRow[]> => {
      const own = (await station.takeAll()).filter((row) => row.cpId === station.cpId);
      await parts.outbox.remove(own.map((row) => row.id));
      return own;
    },
    /** The same, as consumers read it. */
    published: async (): Promise<{ topic: string; event: Event }[]> =>
      (await station.outgoing()).map((row) => ({ topic: row.destination, event: decodeEvent(row.payload) })),
  };
  return station;
}
