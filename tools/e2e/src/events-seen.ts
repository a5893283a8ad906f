import { Event, decodeEvent } from '@ocpp-gw/contracts';
import { Kafka, logLevel } from 'kafkajs';

/** Everything on the topics from the beginning until `enough` says so, as any consumer with the .proto would read it. */
export async function readEvents(
  brokers: string,
  topics: readonly string[],
  enough: (seen: readonly SeenEvent[]) => boolean,
  timeoutMs = 30_000,
): Promise<SeenEvent[]> {
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `e2e-${Math.random().toString(36).slice(2)}` });
  const seen: SeenEvent[] = [];
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`only ${seen.length} events within ${timeoutMs} ms`)), timeoutMs);
      void consumer.run({
        eachMessage: async ({ topic, message }) => {
          seen.push({
            topic,
            key: message.key?.toString() ?? '',
            event: decodeEvent(message.value ?? Buffer.alloc(0)),
          });
          if (!enough(seen)) return;
          clearTimeout(timer);
          resolve();
        },
      });
    });
  } finally {
    await consumer.disconnect();
  }
  return seen;
}

export interface SeenEvent {
  topic: string;
  key: string;
  event: Event;
}
