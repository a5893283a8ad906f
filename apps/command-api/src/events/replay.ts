import { PositionReader, copyOf, type Positions } from '@ocpp-gw/kafka';
import type { EventStream } from './event-stream.ts';
import type { KafkaTarget } from './event-tail.ts';
import { ReadEvent } from './streamed-event.ts';

/**
 * Reads the events between the positions of a stream and the live ones, and hands the stream over to the live events. Resolves when the
 * stream is live or has ended.
 * @throws RetriableError when Kafka is away
 */
export async function replay(stream: EventStream, live: () => Positions, target: KafkaTarget): Promise<void> {
  const topics = [...stream.positions.keys()];
  let goal = copyOf(live(), topics);
  const done = Promise.withResolvers<void>();
  let joined = false;
  // Twice: what came while the first part was read is less, and is read while the stream keeps the live events.
  const advance = (): void => {
    if (stream.hasReached(goal) && !joined) {
      joined = true;
      stream.join();
      goal = copyOf(live(), topics);
    }
    if (joined && stream.hasReached(goal)) done.resolve();
  };
  stream.ended.addEventListener('abort', () => done.resolve());
  advance();
  if (!stream.hasReached(goal)) {
    const reader = new PositionReader(
      {
        ...target,
        onEvent: (topic, { partition, event, raw }, offset) =>
          stream.replayed(new ReadEvent(topic, partition, offset, event, raw.byteLength)),
        onPositions: (topic, partition, next) => {
          stream.replayPosition(topic, partition, next);
          advance();
        },
        onFailure: done.reject,
      },
      stream.positions,
    );
    try {
      await reader.start();
      await done.promise;
    } finally {
      await reader.stop();
    }
  }
  await stream.goLive();
}
