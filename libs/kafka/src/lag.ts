import type { Admin } from 'kafkajs';

export interface PartitionLag {
  topic: string;
  partition: number;
  /** Messages in the partition that the group has not committed. */
  lag: number;
}

export async function readLag(admin: Admin, groupId: string, topics: readonly string[]): Promise<PartitionLag[]> {
  const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
  const perTopic = committed.map(async ({ topic, partitions }) => {
    const ends = new Map((await admin.fetchTopicOffsets(topic)).map((end) => [end.partition, end]));
    return partitions.map(({ partition, offset }) => {
      const end = ends.get(partition);
      return { topic, partition, lag: end ? lagOf(offset, end.low, end.high) : 0 };
    });
  });
  return (await Promise.all(perTopic)).flat();
}

/** A negative committed offset means none: everything retained is still to come. */
export function lagOf(committed: string, low: string, high: string): number {
  const from = BigInt(committed) < BigInt(low) ? BigInt(low) : BigInt(committed);
  const lag = BigInt(high) - from;
  return lag > 0n ? Number(lag) : 0;
}
