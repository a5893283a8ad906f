import { OUTBOX_SHARDS, type Company, type Lease, type RelayedLane } from '@ocpp-gw/persistence';

/**
 * The shards of a lane that this instance leads. Every instance that could lead has joined the lane's name, so each
 * counts the others and takes its fair share: all shares together are all shards, and nobody takes more.
 */
export class HeldShards {
  /** In the order in which they came: the last ones are given back first. */
  private held: number[] = [];
  private share = 0;

  constructor(private readonly lane: RelayedLane) {}

  /** Those to deliver from: without those that are to be given back. */
  get led(): readonly number[] {
    return this.held.slice(0, this.share);
  }

  /** Whether others have still to give back what is due here, or this instance to them. */
  get settled(): boolean {
    return this.held.length === this.share;
  }

  leads(shard: number): boolean {
    return this.led.includes(shard);
  }

  /** False while an instance of a release before 0038 leads, which holds the lane's name alone. */
  join(lease: Lease): Promise<boolean> {
    return lease.join(this.group);
  }

  /** Gives back what is too much and `idle`, and takes what is due and free. */
  async review(lease: Lease, idle: (shard: number) => boolean): Promise<void> {
    this.share = fairShare(await lease.company(this.group));
    for (const shard of this.held.slice(this.share).filter(idle)) {
      await lease.unlock(this.nameOf(shard));
      this.held = this.held.filter((one) => one !== shard);
    }
    for (let shard = 0; shard < OUTBOX_SHARDS && this.held.length < this.share; shard += 1) {
      if (this.held.includes(shard) || !(await lease.lock(this.nameOf(shard)))) continue;
      this.held.push(shard);
    }
  }

  /** Gives all back, and does not count any more. */
  async leave(lease: Lease): Promise<void> {
    const { held } = this;
    this.clear();
    for (const shard of held) await lease.unlock(this.nameOf(shard));
    await lease.leave(this.group);
  }

  /** The connection that held them is gone. */
  clear(): void {
    this.held = [];
    this.share = 0;
  }

  /** Releases before 0038 hold this name alone, and lead the whole lane with it. */
  private get group(): string {
    return `outbox ${this.lane}`;
  }

  private nameOf(shard: number): string {
    return `outbox ${this.lane} ${shard}/${OUTBOX_SHARDS}`;
  }
}

function fairShare({ members, rank }: Company): number {
  if (members === 0) return 0;
  return Math.floor(OUTBOX_SHARDS / members) + (rank < OUTBOX_SHARDS % members ? 1 : 0);
}
