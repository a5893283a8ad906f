import { encodePositions, hasReached, type Positions } from '@ocpp-gw/kafka';
import type { Event } from '@ocpp-gw/contracts';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../problems/problem-error.ts';
import { EventBuffer, type BufferLimits } from './event-buffer.ts';
import type { ReadEvent } from './streamed-event.ts';

/** What a reader of a stream takes next. `id` is where it goes on after it. */
export type Taken =
  | { kind: 'event'; id: string; read: ReadEvent }
  | { kind: 'idle'; id: string }
  | { kind: 'end'; problem: ProblemError };

interface Waiting {
  id: string;
  read: ReadEvent;
  bytes: number;
}

export interface StreamParts {
  /** Offsets of the topics that the stream wants. The stream moves them. */
  positions: Positions;
  wants: (event: Event) => boolean;
  limits: BufferLimits;
  /** Called once when the stream is over. */
  onClosed: () => void;
}

/**
 * The events for one reader. Live events come from the reader that all streams of the process share. They pass through a buffer: a
 * stream whose buffer is full ends, and the others go on. Earlier events come from a replay, which waits for the reader.
 */
export class EventStream {
  private readonly parts: StreamParts;
  private readonly buffer: EventBuffer<Waiting>;
  private readonly over = new AbortController();
  /** What to do with live events: nothing before the replay is near them, then keep them until it has reached them, then pass them on. */
  private phase: 'replaying' | 'joining' | 'live' = 'live';
  private held: ReadEvent[] = [];
  /** Whether the live reader has waited for it in vain since its buffer was half full. */
  private isLate = false;
  private problem: ProblemError | undefined;

  constructor(parts: StreamParts) {
    this.parts = parts;
    this.buffer = new EventBuffer(parts.limits);
  }

  get ended(): AbortSignal {
    return this.over.signal;
  }

  get positions(): Positions {
    return this.parts.positions;
  }

  /** A live event. */
  live(read: ReadEvent): void {
    if (this.over.signal.aborted || this.phase === 'replaying' || !this.positions.has(read.topic)) return;
    if (this.phase === 'joining') {
      this.held.push(read);
      if (this.held.length > this.parts.limits.items) this.endSlow();
      return;
    }
    const waiting = this.accepted(read);
    if (waiting && !this.buffer.offer(waiting)) this.endSlow();
  }

  /** Whether the live reader should wait for it a little: many events come at once, and a reader that reads needs a moment for them. */
  get isBehind(): boolean {
    return this.buffer.isHalfFull && !this.isLate;
  }

  /** Waits for the reader of the stream, at most so long, and not again before it has caught up. */
  async catchUp(ms: number): Promise<void> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), ms);
    while (this.buffer.isHalfFull && !late.signal.aborted)
      await Promise.race([
        this.buffer.change,
        once(late.signal, 'abort', { signal: this.over.signal }).catch(() => undefined),
      ]);
    clearTimeout(timer);
    this.isLate = this.buffer.isHalfFull;
  }

  /** The live reader has read the partition up to here. */
  livePosition(topic: ReadEvent['topic'], partition: number, next: number): void {
    if (this.phase === 'live') this.move(topic, partition, next);
  }

  startReplay(): void {
    this.phase = 'replaying';
  }

  /** An event of the replay: resolves once there is room for it. */
  async replayed(read: ReadEvent): Promise<void> {
    const waiting = this.accepted(read);
    if (waiting) await this.buffer.put(waiting, this.over.signal);
  }

  replayPosition(topic: ReadEvent['topic'], partition: number, next: number): void {
    this.move(topic, partition, next);
  }

  /** From now on live events are kept for the time when the replay has reached them. */
  join(): void {
    this.phase = 'joining';
  }

  hasReached(target: Positions): boolean {
    return hasReached(this.positions, target);
  }

  /** The replay has reached the live events: those that were kept follow, then those to come. */
  async goLive(): Promise<void> {
    for (let read = this.held.shift(); read; read = this.held.shift()) await this.replayed(read);
    this.phase = 'live';
  }

  /** The next event; `idle` when none came for so long. */
  async take(idleMs: number): Promise<Taken> {
    const until = performance.now() + idleMs;
    for (;;) {
      const { change } = this.buffer;
      if (this.over.signal.aborted) return { kind: 'end', problem: this.problem ?? new ProblemError('stream-stopped') };
      const item = this.buffer.take();
      if (this.isLate && !this.buffer.isHalfFull) this.isLate = false;
      if (item) return { kind: 'event', id: item.id, read: item.read };
      const left = until - performance.now();
      if (left <= 0) return { kind: 'idle', id: encodePositions(this.positions) };
      const waited = new AbortController();
      await Promise.race([change, delay(left, undefined, { signal: waited.signal }).catch(() => undefined)]);
      waited.abort();
    }
  }

  /** Ends the stream; without a problem its reader has left. What was not taken is dropped: the reader reads it again when it comes back. */
  end(problem?: ProblemError): void {
    if (this.over.signal.aborted) return;
    this.problem = problem;
    this.held = [];
    this.over.abort();
    this.buffer.clear();
    this.parts.onClosed();
  }

  private endSlow(): void {
    this.end(new ProblemError('stream-too-slow'));
  }

  /** The event with its id, if the stream has not had it and wants it. */
  private accepted(read: ReadEvent): Waiting | undefined {
    const { topic, partition, offset, event, size } = read;
    const offsets = this.positions.get(topic);
    if (!offsets || offset < (offsets[partition] ?? 0)) return undefined;
    offsets[partition] = offset + 1;
    if (!this.parts.wants(event)) return undefined;
    const id = encodePositions(this.positions);
    return { id, read, bytes: size + id.length };
  }

  private move(topic: ReadEvent['topic'], partition: number, next: number): void {
    const offsets = this.positions.get(topic);
    if (offsets) offsets[partition] = Math.max(offsets[partition] ?? 0, next);
  }
}
