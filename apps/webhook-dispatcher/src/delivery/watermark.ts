import type { PartitionLag } from '@ocpp-gw/kafka';

/** Messages that one send of the relay spreads over partitions become visible this close to each other, milliseconds. */
const SPREAD_MS = 250;

/**
 * Up to when every partition of every topic has been turned into rows, by the whole consumer group. The topics are read
 * independently of each other, so a charger's tx.ended may become a row before its tx.started; but what was written
 * before an enqueued event was written before, too, is a row once everything written by that time is.
 */
export class Watermark {
  private reached = 0;
  private goal: { at: number; ends: ReadonlyMap<string, bigint> } | undefined;

  /** Rows enqueued before this have nothing older under way. */
  get settledBefore(): Date {
    return new Date(this.reached - SPREAD_MS);
  }

  /**
   * @param at when the reading of `partitions` began, Unix milliseconds
   * @returns whether the watermark rose
   */
  observe(partitions: readonly PartitionLag[], at: number): boolean {
    // Under constant traffic nobody is ever level with the end: a goal is kept until it is passed.
    this.goal ??= { at, ends: new Map(partitions.map((one) => [nameOf(one), one.end])) };
    const { ends } = this.goal;
    if (!partitions.every((one) => one.position >= (ends.get(nameOf(one)) ?? 0n))) return false;
    this.reached = this.goal.at;
    this.goal = undefined;
    return true;
  }
}

function nameOf({ topic, partition }: PartitionLag): string {
  return `${topic}/${partition}`;
}
