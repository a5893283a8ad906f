import { encodeEvent, makeEvent, maskedText, TOPICS } from '@ocpp-gw/contracts';
import { isPermanent, type EventProducer } from '@ocpp-gw/kafka';
import type { ParsedFrame } from '@ocpp-gw/ocpp-j';
import type { Logger } from '@ocpp-gw/service-kit';
import { Conversation, type RecordedFrame } from './conversation.ts';
import type { Peer } from '../session/peer.ts';
import type { Recorded } from './recorded.ts';

/** The connection whose frames are recorded. */
export interface Speaking {
  readonly connectionId: string;
  readonly peer: Pick<Peer, 'cpId' | 'protocol'>;
}

/** Hears of every frame of one connection. */
export interface FrameRecorder {
  received(raw: string, frame: ParsedFrame): void;
  sent(raw: string): void;
}

export interface FrameRecordingOptions {
  recorded: Pick<Recorded, 'always' | 'now' | 'start' | 'stop'>;
  producer: Pick<EventProducer, 'send'>;
  pod: string;
  /** Frames and characters that wait for Kafka at most. */
  limits?: { frames: number; characters: number };
  counted: (outcome: 'published' | 'dropped', frames: number) => void;
  logger: Logger;
}

interface Waiting {
  of: Speaking;
  frame: RecordedFrame;
}

const LIMITS = { frames: 20_000, characters: 32 * 1024 * 1024 };
const EVERY_MS = 250;
/** Frames that are sent at once. */
const BATCH = 500;
/** The characters that are kept of one frame: what Kafka takes in one message is limited. */
const MOST_RAW = 256 * 1024;

class ConnectionRecorder implements FrameRecorder {
  /** Exists once something was recorded. */
  private conversation: Conversation | undefined;

  constructor(
    private readonly of: Speaking,
    private readonly recorded: Pick<Recorded, 'now'>,
    private readonly always: boolean,
    private readonly recording: Pick<FrameRecording, 'add'>,
  ) {}

  received(raw: string, frame: ParsedFrame): void {
    if (this.isRecorded) this.recording.add({ of: this.of, frame: this.frames.received(raw, frame) });
  }

  sent(raw: string): void {
    if (this.isRecorded) this.recording.add({ of: this.of, frame: this.frames.sent(raw) });
  }

  private get isRecorded(): boolean {
    return this.always || this.recorded.now(this.of.peer.cpId);
  }

  private get frames(): Conversation {
    return (this.conversation ??= new Conversation());
  }
}

/**
 * Publishes the frames of the charge points that are recorded (docs/adr/0070). It is best effort: no charge point waits for it, and what
 * finds no place is dropped and counted.
 */
export class FrameRecording {
  private readonly options: FrameRecordingOptions;
  private readonly limits: NonNullable<FrameRecordingOptions['limits']>;
  private waiting: Waiting[] = [];
  private characters = 0;
  private publishing: Promise<void> | undefined;
  private isAway = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: FrameRecordingOptions) {
    this.options = options;
    this.limits = options.limits ?? LIMITS;
  }

  /** The recorder of a connection. It costs a comparison for each frame while nothing is recorded. */
  recorder(of: Speaking): FrameRecorder {
    const { recorded } = this.options;
    return new ConnectionRecorder(of, recorded, recorded.always(of.peer.cpId), this);
  }

  async start(): Promise<void> {
    await this.options.recorded.start();
    this.timer ??= setInterval(() => void this.publish(), EVERY_MS).unref();
  }

  /** Publishes what waits, unless Kafka is away. */
  async stop(): Promise<void> {
    this.options.recorded.stop();
    clearInterval(this.timer);
    await this.publishing;
    await this.publish();
  }

  /** Never rejects. */
  private publish(): Promise<void> {
    this.publishing ??= this.sendAll().finally(() => (this.publishing = undefined));
    return this.publishing;
  }

  add(waiting: Waiting): void {
    const { frames, characters } = this.limits;
    const { length } = waiting.frame.raw;
    if (this.waiting.length >= frames || this.characters + length > characters) {
      this.options.counted('dropped', 1);
      return;
    }
    this.waiting.push(waiting);
    this.characters += length;
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, BATCH);
      const isTaken = await this.send(batch);
      if (!isTaken) return;
      this.waiting.splice(0, batch.length);
      this.characters -= batch.reduce((sum, { frame }) => sum + frame.raw.length, 0);
    }
  }

  /** False: they have to be sent again. */
  private async send(batch: readonly Waiting[]): Promise<boolean> {
    const { producer, counted, logger } = this.options;
    try {
      await producer.send(batch.map((each) => this.messageOf(each)));
      this.isAway = false;
      counted('published', batch.length);
      return true;
    } catch (err) {
      const isLost = isPermanent(err);
      if (isLost || !this.isAway) logger.warn('recorded frames not published', { frames: batch.length, isLost, err });
      this.isAway = !isLost;
      if (isLost) counted('dropped', batch.length);
      return isLost;
    }
  }

  private messageOf({ of, frame }: Waiting) {
    const { cpId, protocol } = of.peer;
    const { at, raw, ...facts } = frame;
    const time = new Date(at);
    const event = makeEvent({
      cpId,
      protocol: protocol.dialect.subprotocol,
      pod: this.options.pod,
      occurredAt: time,
      recordedAt: time,
      payload: {
        $case: 'ocppMessage',
        value: {
          ...facts,
          latencyMs: facts.latencyMs,
          sizeBytes: Buffer.byteLength(raw),
          connectionId: of.connectionId,
          raw: maskedText(raw).slice(0, MOST_RAW),
        },
      },
    });
    return { topic: TOPICS.message, key: cpId, value: encodeEvent(event) };
  }
}
