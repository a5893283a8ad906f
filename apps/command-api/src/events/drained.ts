import { once, type EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../problems/problem-error.ts';
import type { EventStream } from './event-stream.ts';

/** How long a reader may take nothing. */
export const STALL_MS = 30_000;

/** Resolves when the reader takes more, has left, or the stream has ended. A reader that takes nothing for too long ends its stream. */
export async function drained(reader: EventEmitter, stream: EventStream, stallMs: number): Promise<void> {
  if (stream.ended.aborted) return;
  const waited = new AbortController();
  const { signal } = waited;
  const stalled = delay(stallMs, undefined, { signal }).then(() => stream.end(new ProblemError('stream-too-slow')));
  const events = [
    once(reader, 'drain', { signal }),
    once(reader, 'close', { signal }),
    once(stream.ended, 'abort', { signal }),
  ];
  await Promise.race([...events, stalled].map((each) => each.catch(() => undefined)));
  waited.abort();
}
