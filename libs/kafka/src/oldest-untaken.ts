/** Of each topic, when the oldest message was written that is fetched and not taken. */
export class OldestUntaken {
  private readonly times = new Map<string, Map<number, number>>();

  /** The oldest untaken message of the partition is from `time`, Unix milliseconds. */
  hold(topic: string, partition: number, time: number): void {
    const partitions = this.times.get(topic) ?? new Map<number, number>();
    partitions.set(partition, time);
    this.times.set(topic, partitions);
  }

  /** All of the partition is taken. */
  release(topic: string, partition: number): void {
    this.times.get(topic)?.delete(partition);
  }

  /** Partitions may be another consumer's from now on. What is untaken in those of ours is fetched again. */
  forget(): void {
    this.times.clear();
  }

  /** Milliseconds since then; 0 when all is taken. */
  ageMs(topic: string, now: number): number {
    const times = [...(this.times.get(topic)?.values() ?? [])];
    return times.length === 0 ? 0 : Math.max(0, now - Math.min(...times));
  }
}
