import type { Database, Outbox, OutboxEntry, Sql } from '@ocpp-gw/persistence';

/** The destinations that have a relay. */
export type RelayedLane = 'kafka' | 'backend';

export interface CommitOptions {
  database: Database;
  outbox: Outbox;
  /** Called after COMMIT with the destinations that got entries, to wake their relays. */
  onCommitted: (lane: RelayedLane) => void;
}

/** Writes rows and outbox entries in one Postgres transaction. Each method resolves only after its COMMIT. */
export class Commit {
  private readonly options: CommitOptions;

  constructor(options: CommitOptions) {
    this.options = options;
  }

  /** @param work writes rows and returns the outbox entries that publish them */
  async withRows(work: (sql: Sql) => Promise<OutboxEntry[]>): Promise<void> {
    const { database, outbox } = this.options;
    const entries = await database.transaction(async (sql) => {
      const told = await work(sql);
      await outbox.append(told, sql);
      return told;
    });
    this.nudge(entries);
  }

  /** Writes entries that change no row, with one statement in its own transaction. */
  async entriesAlone(entries: readonly OutboxEntry[]): Promise<void> {
    await this.options.outbox.append(entries);
    this.nudge(entries);
  }

  private nudge(entries: readonly OutboxEntry[]): void {
    for (const lane of ['kafka', 'backend'] as const)
      if (entries.some((entry) => entry.lane === lane)) this.options.onCommitted(lane);
  }
}
