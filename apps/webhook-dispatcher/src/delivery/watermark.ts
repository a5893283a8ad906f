import type { PartitionLag } from '@ocpp-gw/kafka';

/**
 * Greatest time, in milliseconds, between the moments at which messages of one send of the relay become visible in
 * their partitions.
 */
export const SPREAD_MS = 250;

/**
 * The time up to which the consumer group has turned every partition of every wanted topic into rows. The topics are read
 * independently of each other, so tx.ended of a charge point may become a row before tx.started. But once everything
 * that was written by some time is a row, no older event of an enqueued one is missing.
 */
export class Watermark {
  private reached = 0;
  private goal: { at: number; ends: ReadonlyMap<string, bigint> } | undefined;

  /** For rows that were enqueued before this time, every older event has its row. */
  get settledBefore(): Date {
    return new Date(this.reached - SPREAD_MS);
  }

  /**
   * @param at when the reading of `partitions` began, Unix milliseconds
   * @returns whether the watermark rose
   */
  observe(partitions: readonly PartitionLag[], at: number): boolean {
    const before = this.reached;
    const positions = new Map(partitions.map((one) => [nameOf(one), one.position]));
    this.pass(positions);
    // Under constant traffic no consumer ever reaches the end, so a goal is kept until it is passed.
    this.goal ??= { at, ends: new Map(partitions.map((one) => [nameOf(one), one.end])) };
    this.pass(positions);
    return this.reached > before;
  }

  private pass(positions: ReadonlyMap<string, bigint>): void {
    if (!this.goal) return;
    const { at, ends } = this.goal;
    const all = [...ends];
    const isPassed = all.every(([name, end]) => (positions.get(name) ?? -1n) >= end);
    if (isPassed) this.reached = at;
    // A topic that nobody wants any more is not read, so a goal with it is never passed.
    if (isPassed || all.some(([name]) => !positions.has(name))) this.goal = undefined;
  }
}

function nameOf({ topic, partition }: PartitionLag): string {
  return `${topic}/${partition}`;
}
