import type { Leadership, Lease, Outbox, OutboxEntry, OutboxLane, OutboxRow } from '@ocpp-gw/persistence';
import { fakeDatabase } from '@ocpp-gw/persistence/testing';
import type { Logger } from '@ocpp-gw/service-kit';

/** In memory, for specs: what {@link Outbox} does for a relay. */
export class FakeOutbox implements Pick<Outbox, 'take' | 'remove' | 'bury' | 'depth' | 'append'> {
  rows: OutboxRow[] = [];
  private nextId = 1;

  append(entries: readonly OutboxEntry[]): Promise<void> {
    for (const entry of entries) this.rows.push({ ...entry, id: String(this.nextId++) });
    return Promise.resolve();
  }

  take(lane: OutboxLane, limit: number, { exceptCpIds = [] }: { exceptCpIds?: readonly string[] } = {}) {
    const due = this.rows.filter((row) => row.lane === lane && !exceptCpIds.includes(row.cpId));
    return Promise.resolve(due.slice(0, limit));
  }

  remove(ids: readonly string[]): Promise<void> {
    this.rows = this.rows.filter((row) => !ids.includes(row.id));
    return Promise.resolve();
  }

  bury(id: string, lane: OutboxLane): Promise<void> {
    this.rows = this.rows.map((row) => (row.id === id ? { ...row, lane } : row));
    return Promise.resolve();
  }

  depth(lane: OutboxLane) {
    return Promise.resolve({ rows: this.rows.filter((row) => row.lane === lane).length, oldestSeconds: 0 });
  }

  texts(lane: OutboxLane): string[] {
    return this.rows.filter((row) => row.lane === lane).map((row) => Buffer.from(row.payload).toString());
  }
}

/** A lead that is given whenever it is free. */
export class FakeLeadership implements Pick<Leadership, 'withLeadership'> {
  free = true;
  private lost = new AbortController();

  async withLeadership(_name: string, work: (lease: Lease) => Promise<void>): Promise<boolean> {
    if (!this.free) return false;
    this.lost = new AbortController();
    await work({ connection: fakeDatabase(() => []), lost: this.lost.signal });
    return true;
  }

  lose(): void {
    this.free = false;
    this.lost.abort();
  }
}

/** Keeps the lines. */
export function recordingLogger(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const write = (message: string): void => void lines.push(message);
  const logger: Logger = { debug: write, info: write, warn: write, error: write, child: () => logger };
  return { logger, lines };
}
