import type { Connection, Database, Outbox, OutboxEntry } from '@ocpp-gw/persistence';

/** The lanes that a relay empties. */
export type RelayedLane = 'kafka' | 'backend';

export interface CommitOptions {
  database: Database;
  outbox: Outbox;
  /** Called after COMMIT, with the lanes that got entries: nudge their relays. */
  onCommitted: (lane: RelayedLane) => void;
}

/** Rows and outbox entries in one Postgres transaction; each method resolves only after its COMMIT. */
export class Commit {
  private readonly options: CommitOptions;

  constructor(options: CommitOptions) {
    this.options = options;
  }

  /** `work` writes rows and returns the entries that tell of them. */
  async withRows(work: (connection: Connection) => Promise<OutboxEntry[]>): Promise<void> {
    const { database, outbox } = this.options;
    const entries = await database.transaction(async (connection) => {
      const told = await work(connection);
      await outbox.append(told, connection);
      return told;
    });
    this.nudge(entries);
  }

  /** Entries that change no row: one statement, a transaction of its own. */
  async entriesAlone(entries: readonly OutboxEntry[]): Promise<void> {
    await this.options.outbox.append(entries);
    this.nudge(entries);
  }

  private nudge(entries: readonly OutboxEntry[]): void {
    for (const lane of ['kafka', 'backend'] as const)
      if (entries.some((entry) => entry.lane === lane)) this.options.onCommitted(lane);
  }
}
