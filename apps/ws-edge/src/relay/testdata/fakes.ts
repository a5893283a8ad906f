import type {
  Company,
  Leadership,
  Lease,
  Outbox,
  OutboxEntry,
  OutboxLane,
  OutboxPlace,
  OutboxRetries,
  Retry,
  Taking,
  TakenRow,
} from '@ocpp-gw/persistence';

interface FakeRow extends TakenRow {
  held: boolean;
}

/** In memory, for specs: what the outbox and its retries do for a relay. A charger's shard is the code of its first letter. */
export class FakeOutbox
  implements Pick<Outbox, 'take' | 'remove' | 'setAside' | 'depth' | 'append'>, Pick<OutboxRetries, keyof OutboxRetries>
{
  rows: FakeRow[] = [];
  /** How often rows were read. */
  reads = 0;
  private readonly retries = new Map<string, { failures: number; dueAt: number }>();
  private nextId = 1;

  append(entries: readonly OutboxEntry[]): Promise<OutboxPlace[]> {
    for (const entry of entries)
      this.rows.push({ ...entry, id: String(this.nextId++), shard: shardOf(entry.cpId), held: false, waits: false });
    return Promise.resolve(entries.map(({ lane, cpId }) => ({ lane, shard: shardOf(cpId) })));
  }

  take(lane: OutboxLane, shards: readonly number[], { limit, exceptCpIds = [] }: Taking): Promise<TakenRow[]> {
    this.reads += 1;
    const due = this.rows.filter((row) => row.lane === lane && !row.held && !exceptCpIds.includes(row.cpId));
    const taken = shards.flatMap((shard) => due.filter((row) => row.shard === shard).slice(0, limit));
    return Promise.resolve(
      taken
        .map((row) => ({ ...row, waits: this.retries.has(row.cpId) }))
        .toSorted((one, other) => Number(one.id) - Number(other.id)),
    );
  }

  remove(ids: readonly string[]): Promise<void> {
    this.rows = this.rows.filter((row) => !ids.includes(row.id));
    return Promise.resolve();
  }

  setAside(id: string, lane: OutboxLane): Promise<void> {
    this.rows = this.rows.map((row) => (row.id === id ? { ...row, lane, held: false } : row));
    return Promise.resolve();
  }

  depth(lane: OutboxLane) {
    return Promise.resolve({ rows: this.rows.filter((row) => row.lane === lane).length, oldestSeconds: 0 });
  }

  next(shards: readonly number[], limit: number, exceptCpIds: readonly string[]): Promise<Retry[]> {
    const all = [...this.retries].map(([cpId, { failures, dueAt }]) => ({
      cpId,
      shard: shardOf(cpId),
      failures,
      dueInMs: dueAt - performance.now(),
    }));
    const mine = all.filter(({ cpId, shard }) => shards.includes(shard) && !exceptCpIds.includes(cpId));
    return Promise.resolve(mine.toSorted((one, other) => one.dueInMs - other.dueInMs).slice(0, limit));
  }

  held(cpId: string, limit: number) {
    return Promise.resolve(this.rows.filter((row) => row.cpId === cpId && row.held).slice(0, limit));
  }

  postpone({ cpId, failures, waitMs, ids }: Parameters<OutboxRetries['postpone']>[0]): Promise<void> {
    this.retries.set(cpId, { failures, dueAt: performance.now() + waitMs });
    return this.hold(ids);
  }

  hold(ids: readonly string[]): Promise<void> {
    for (const row of this.rows) row.held ||= ids.includes(row.id);
    return Promise.resolve();
  }

  forget(cpId: string): Promise<void> {
    if (!this.rows.some((row) => row.cpId === cpId && row.held)) this.retries.delete(cpId);
    return Promise.resolve();
  }

  texts(lane: OutboxLane): string[] {
    return this.rows.filter((row) => row.lane === lane).map((row) => Buffer.from(row.payload).toString());
  }
}

function shardOf(cpId: string): number {
  return (cpId.codePointAt(0) ?? 0) % 16;
}

/** A fleet in memory: who holds what name, alone or together. */
export class FakeFleet {
  readonly alone = new Map<string, FakeLease>();
  readonly together = new Map<string, FakeLease[]>();

  leadership(): FakeLeadership {
    return new FakeLeadership(this);
  }
}

/** One instance of the fleet. */
export class FakeLeadership implements Pick<Leadership, 'connect'> {
  readonly fleet: FakeFleet;
  private lease: FakeLease | undefined;

  constructor(fleet = new FakeFleet()) {
    this.fleet = fleet;
  }

  connect(): Promise<Lease> {
    if (!this.lease || this.lease.lost.aborted) this.lease = new FakeLease(this.fleet);
    return Promise.resolve(this.lease as unknown as Lease);
  }

  /** The connection is lost. */
  lose(): void {
    void this.lease?.end();
  }
}

class FakeLease implements Pick<Lease, 'lock' | 'unlock' | 'join' | 'leave' | 'company' | 'end' | 'lost'> {
  private readonly fleet: FakeFleet;
  private readonly ended = new AbortController();

  constructor(fleet: FakeFleet) {
    this.fleet = fleet;
  }

  get lost(): AbortSignal {
    return this.ended.signal;
  }

  lock(name: string): Promise<boolean> {
    const { alone } = this.fleet;
    if (!alone.has(name)) alone.set(name, this);
    return Promise.resolve(alone.get(name) === this);
  }

  unlock(name: string): Promise<void> {
    if (this.fleet.alone.get(name) === this) this.fleet.alone.delete(name);
    return Promise.resolve();
  }

  join(name: string): Promise<boolean> {
    if (this.fleet.alone.has(name)) return Promise.resolve(false);
    this.fleet.together.set(name, [...this.members(name), this]);
    return Promise.resolve(true);
  }

  leave(name: string): Promise<void> {
    this.fleet.together.set(
      name,
      this.members(name).filter((one) => one !== this),
    );
    return Promise.resolve();
  }

  company(name: string): Promise<Company> {
    const members = this.members(name);
    return Promise.resolve({ members: members.length, rank: members.indexOf(this) });
  }

  async end(): Promise<void> {
    this.ended.abort();
    for (const [name, holder] of this.fleet.alone) if (holder === this) this.fleet.alone.delete(name);
    for (const name of this.fleet.together.keys()) await this.leave(name);
  }

  private members(name: string): FakeLease[] {
    return this.fleet.together.get(name) ?? [];
  }
}
