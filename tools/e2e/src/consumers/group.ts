import type { Consumer } from '@ocpp-gw/contracts';
import { Kafka, logLevel, type Admin } from 'kafkajs';

async function asked<T>(brokers: string, ask: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin();
  try {
    await admin.connect();
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Messages that a consumer group has not committed. */
export function uncommitted(brokers: string, groupId: Consumer, topics: readonly string[]): Promise<number> {
  return asked(brokers, async (admin) => {
    let behind = 0;
    for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics: [...topics] }))
      for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
        const offset = Number(partitions.find((one) => one.partition === partition)?.offset ?? -1);
        behind += Number(high) - Math.max(0, offset);
      }
    return behind;
  });
}

/** How many members a settled group has. */
export function members(brokers: string, groupId: Consumer): Promise<number> {
  return asked(brokers, async (admin) => {
    const [group] = (await admin.describeGroups([groupId])).groups;
    if (group?.state !== 'Stable') throw new Error(`the group is ${group?.state}`);
    return group.members.length;
  });
}
