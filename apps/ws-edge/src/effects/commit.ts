import type { Connection, Database, Outbox, OutboxEntry, OutboxPlace } from '@ocpp-gw/persistence';

export interface CommitOptions {
  database: Database;
  outbox: Outbox;
  /** Called after COMMIT with the places of the outbox that got entries, to wake their relays. */
  onCommitted: (places: readonly OutboxPlace[]) => void;
}

/** Writes rows and outbox entries in one Postgres transaction. Each method resolves only after its COMMIT. */
export class Commit {
  constructor(private readonly options: CommitOptions) {}

  /** @param work writes rows and returns the outbox entries that publish them */
  async withRows(work: (connection: Connection) => Promise<OutboxEntry[]>): Promise<void> {
    const { database, outbox, onCommitted } = this.options;
    const places = await database.transactionEndingWith<OutboxPlace>(async (connection) =>
      outbox.appending(await work(connection)),
    );
    if (places.length > 0) onCommitted(places);
  }

  /** Writes entries that change no row, with one statement in its own transaction. */
  async entriesAlone(entries: readonly OutboxEntry[]): Promise<void> {
    const places = await this.options.outbox.append(entries);
    if (places.length > 0) this.options.onCommitted(places);
  }
}
