import { ALL_TOPICS, type Topic } from '@ocpp-gw/contracts';
import { EventLog, PositionReader, type Positions } from '@ocpp-gw/kafka';
import type { Logger } from '@ocpp-gw/service-kit';
import { ReadEvent } from './streamed-event.ts';

export interface KafkaTarget {
  brokers: readonly string[];
  clientId: string;
  logger: Logger;
}

export interface TailListener {
  /** The next event waits for it. */
  onEvent: (read: ReadEvent) => Promise<void>;
  onPosition: (topic: Topic, partition: number, next: number) => void;
  onFailure: (error: Error) => void;
}

/** Reads all events from now on, once for all streams of the process. */
export class EventTail {
  private readonly log: EventLog;
  private reader: PositionReader | undefined;
  /** Offsets of what comes next. */
  readonly positions: Positions = new Map();

  constructor(
    private readonly target: KafkaTarget,
    private readonly listener: TailListener,
  ) {
    this.log = new EventLog(target);
  }

  /** @throws RetriableError when Kafka is away. */
  async start(): Promise<void> {
    const { onEvent, onPosition, onFailure } = this.listener;
    for (const [topic, kept] of await this.log.kept(ALL_TOPICS))
      this.positions.set(
        topic,
        kept.map(({ high }) => high),
      );
    this.reader = new PositionReader(
      {
        ...this.target,
        onEvent: (topic, { partition, event, raw }, offset) => {
          this.move(topic, partition, offset + 1);
          return onEvent(new ReadEvent(topic, partition, offset, event, raw.byteLength));
        },
        onPositions: (topic, partition, next) => {
          this.move(topic, partition, next);
          onPosition(topic, partition, next);
        },
        onFailure,
      },
      this.positions,
    );
    await this.reader.start();
  }

  /** What Kafka keeps of the topics. @throws RetriableError */
  kept(topics: readonly Topic[]): ReturnType<EventLog['kept']> {
    return this.log.kept(topics);
  }

  async stop(): Promise<void> {
    await Promise.all([this.reader?.stop(), this.log.stop()]);
  }

  private move(topic: Topic, partition: number, next: number): void {
    const offsets = this.positions.get(topic);
    if (offsets) offsets[partition] = next;
  }
}
