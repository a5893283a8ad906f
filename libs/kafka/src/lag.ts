import type { Admin } from 'kafkajs';

export interface PartitionLag {
  topic: string;
  partition: number;
  /** Messages in the partition that the group has not committed: `end - position`. */
  lag: number;
  /** Offset of the first message not committed. */
  position: bigint;
  /** Offset that the next message written will get. */
  end: bigint;
}

export async function readLag(
  admin: Pick<Admin, 'fetchOffsets' | 'fetchTopicOffsets'>,
  groupId: string,
  topics: readonly string[],
): Promise<PartitionLag[]> {
  const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
  const perTopic = committed.map(async ({ topic, partitions }) => {
    const ends = new Map((await admin.fetchTopicOffsets(topic)).map((end) => [end.partition, end]));
    return partitions.map(({ partition, offset }) => {
      const end = ends.get(partition);
      return { topic, partition, ...(end ? lagOf(offset, end.low, end.high) : NOTHING) };
    });
  });
  return (await Promise.all(perTopic)).flat();
}

type Progress = Pick<PartitionLag, 'lag' | 'position' | 'end'>;

const NOTHING: Progress = { lag: 0, position: 0n, end: 0n };

/** A negative committed offset means none: everything retained is still to come. */
export function lagOf(committed: string, low: string, high: string): Progress {
  const end = BigInt(high);
  const position = BigInt(committed) < BigInt(low) ? BigInt(low) : BigInt(committed);
  return { lag: end > position ? Number(end - position) : 0, position, end };
}
