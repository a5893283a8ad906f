import { EVENT_TOPICS, type Topic } from '@ocpp-gw/contracts';
import { InvalidPositionError, copyOf, decodePositions, type Positions } from '@ocpp-gw/kafka';
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../problems/problem-error.ts';
import type { BufferLimits } from './event-buffer.ts';
import { EventStream } from './event-stream.ts';
import { EventTail, type KafkaTarget } from './event-tail.ts';
import { replay } from './replay.ts';
import { Slots } from './slots.ts';
import { isWanted, type EventFilter } from './streamed-event.ts';

export interface EventStreamsOptions {
  kafka: KafkaTarget;
  streamsPerToken: number;
  limits?: BufferLimits;
  /** How long the live reader goes on without a stream. */
  lingerMs?: number;
  onCount?: (open: number) => void;
}

const LIMITS: BufferLimits = { items: 2_000, bytes: 8 * 1024 * 1024 };
const REPLAYS_AT_ONCE = 4;
const LINGER_MS = 60_000;
/** How long live events wait for a stream that is behind, once. */
const CATCH_UP_MS = 250;
/** How long a request waits for Kafka. */
const START_MS = 15_000;

/** The event streams of the process. They share one reader of live events, which runs while there are streams. */
export class EventStreams {
  private readonly options: EventStreamsOptions;
  private readonly streams = new Map<EventStream, string>();
  private readonly replays = new Slots(REPLAYS_AT_ONCE);
  private tail: { running: Promise<EventTail> } | undefined;
  private linger: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(options: EventStreamsOptions) {
    this.options = options;
  }

  /**
   * Opens a stream of the events from now on, or of those after `lastEventId`.
   * @throws ProblemError
   */
  async open(parts: { caller: string; filter: EventFilter; lastEventId: string | undefined }): Promise<EventStream> {
    const { caller, filter, lastEventId } = parts;
    const after = lastEventId === undefined ? undefined : positionsOf(lastEventId);
    const topics = filter.types.length > 0 ? [...new Set(filter.types)] : EVENT_TOPICS;
    const stream = this.admit(caller, filter);
    try {
      const tail = await this.running();
      const begin = after && (await this.resumed(tail, after, topics));
      if (stream.ended.aborted) throw new ProblemError('stream-stopped');
      // No event comes in between: positions and phase change together.
      for (const [topic, offsets] of copyOf(tail.positions, topics))
        stream.positions.set(topic, begin?.get(topic) ?? offsets);
      if (begin) this.replay(stream, tail);
      return stream;
    } catch (error) {
      stream.end();
      throw error instanceof ProblemError ? error : kafkaAway(error);
    }
  }

  /** Ends all streams. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endAll(new ProblemError('stream-stopped'));
    await this.stopTail();
  }

  private admit(caller: string, filter: EventFilter): EventStream {
    const { streamsPerToken, limits = LIMITS, onCount } = this.options;
    if (this.stopping) throw new ProblemError('stream-stopped');
    const open = [...this.streams.values()].filter((each) => each === caller).length;
    if (open >= streamsPerToken) throw new ProblemError('too-many-streams', { members: { limit: streamsPerToken } });
    const stream = new EventStream({
      positions: new Map(),
      wants: isWanted(filter),
      limits,
      onClosed: () => {
        this.streams.delete(stream);
        onCount?.(this.streams.size);
        if (this.streams.size === 0) this.restSoon();
      },
    });
    this.streams.set(stream, caller);
    onCount?.(this.streams.size);
    clearTimeout(this.linger);
    return stream;
  }

  /** @throws ProblemError when Kafka has not kept all that comes after. */
  private async resumed(tail: EventTail, after: Positions, topics: readonly Topic[]): Promise<Positions> {
    const known = topics.filter((topic) => after.has(topic));
    const begin: Positions = new Map();
    for (const [topic, kept] of await tail.kept(known)) {
      const offsets = after.get(topic) ?? [];
      const isGone = offsets.some((offset, partition) => {
        const { low, high } = kept[partition] ?? { low: 0, high: -1 };
        return offset < low || offset > high;
      });
      if (isGone) throw new ProblemError('events-gone');
      // A partition that was added since is read from its beginning.
      begin.set(
        topic,
        kept.map(({ low }, partition) => offsets[partition] ?? low),
      );
    }
    return begin;
  }

  private replay(stream: EventStream, tail: EventTail): void {
    stream.startReplay();
    this.replays
      .run(() => replay(stream, () => tail.positions, this.options.kafka), stream.ended)
      .catch((error: unknown) => stream.end(kafkaAway(error)));
  }

  private async running(): Promise<EventTail> {
    this.tail ??= this.startTail();
    const waited = new AbortController();
    try {
      return await Promise.race([
        this.tail.running,
        delay(START_MS, undefined, { signal: waited.signal }).then(() => {
          throw kafkaAway(new Error('Kafka did not answer in time'));
        }),
      ]);
    } finally {
      waited.abort();
    }
  }

  private startTail(): NonNullable<EventStreams['tail']> {
    const tail: EventTail = new EventTail(this.options.kafka, {
      onEvent: async (read) => {
        for (const stream of this.streams.keys()) stream.live(read);
        const behind = [...this.streams.keys()].filter((stream) => stream.isBehind);
        await Promise.all(behind.map((stream) => stream.catchUp(CATCH_UP_MS)));
      },
      onPosition: (topic, partition, next) => {
        for (const stream of this.streams.keys()) stream.livePosition(topic, partition, next);
      },
      onFailure: (error) => void this.fail(tail, error),
    });
    const entry: NonNullable<EventStreams['tail']> = {
      running: tail.start().then(
        () => tail,
        async (error: unknown) => {
          if (this.tail === entry) this.tail = undefined;
          await tail.stop();
          throw error;
        },
      ),
    };
    entry.running.catch(() => undefined);
    return entry;
  }

  /** Streams do not survive their reader: their readers come back with the last id, and miss nothing. */
  private async fail(tail: EventTail, error: Error): Promise<void> {
    this.options.kafka.logger.warn('event streams lost kafka', { err: error, streams: this.streams.size });
    this.tail = undefined;
    this.endAll(kafkaAway(error));
    await tail.stop();
  }

  private endAll(problem: ProblemError): void {
    for (const stream of [...this.streams.keys()]) stream.end(problem);
  }

  private restSoon(): void {
    clearTimeout(this.linger);
    this.linger = setTimeout(() => void this.stopTail(), this.options.lingerMs ?? LINGER_MS);
    this.linger.unref();
  }

  private async stopTail(): Promise<void> {
    clearTimeout(this.linger);
    const { tail } = this;
    this.tail = undefined;
    await (await tail?.running.catch(() => undefined))?.stop();
  }
}

function positionsOf(lastEventId: string): Positions {
  try {
    return decodePositions(lastEventId);
  } catch (error) {
    if (!(error instanceof InvalidPositionError)) throw error;
    const message = 'is no id of an event of this stream; send the last id that you received unchanged';
    throw new ProblemError('invalid-parameter', { errors: [{ parameter: 'last_event_id', message }], cause: error });
  }
}

function kafkaAway(cause: unknown): ProblemError {
  return new ProblemError('dependency-unavailable', {
    detail: 'The gateway cannot reach kafka. Try again shortly.',
    members: { dependency: 'kafka' },
    cause,
  });
}
