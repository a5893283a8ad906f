import type { Connection, Database, Outbox, OutboxEntry, OutboxPlace } from '@ocpp-gw/persistence';

export interface CommitOptions {
  database: Database;
  outbox: Outbox;
  /** Called after COMMIT, with the places of the outbox that got entries. */
  onCommitted: (places: readonly OutboxPlace[]) => void;
}

/** Rows and outbox entries in one Postgres transaction; each method resolves only after its COMMIT. */
export class Commit {
  private readonly options: CommitOptions;

  constructor(options: CommitOptions) {
    this.options = options;
  }

  /** `work` writes rows and returns the entries that tell of them. */
  async withRows(work: (connection: Connection) => Promise<OutboxEntry[]>): Promise<void> {
    const { database, outbox, onCommitted } = this.options;
    const places = await database.transaction(async (connection) => outbox.append(await work(connection), connection));
    if (places.length > 0) onCommitted(places);
  }

  /** Entries that change no row: one statement, a transaction of its own. */
  async entriesAlone(entries: readonly OutboxEntry[]): Promise<void> {
    const places = await this.options.outbox.append(entries);
    if (places.length > 0) this.options.onCommitted(places);
  }
}
