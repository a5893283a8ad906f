import type { Response } from 'express';
import { STALL_MS, drained } from '../events/drained.ts';
import { ApiHeader } from '@nestjs/swagger';
import type { EventStream, Taken } from '../events/event-stream.ts';
import { readInput } from '../problems/request-faults.ts';
import { lastEventId } from './events.schema.ts';
import { renderProblem } from './problem.schema.ts';
import type { ApiRequest } from './request.ts';

export const EVENT_STREAM = 'text/event-stream';

/** How long a browser waits before it comes back. */
const RETRY_MS = 2_000;
/** Time for the last event to leave before the connection is cut. */
const FAREWELL_MS = 10_000;

/** A comment is sent when there was no event for so long. */
const HEARTBEAT_MS = 15_000;

/** Describes the header that {@link resumedAfter} reads. */
export const ApiLastEventId = (): MethodDecorator =>
  ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Goes on after the event with this `id`',
    schema: { type: 'string', minLength: 1, maxLength: 8000 },
  });

/** The id of the event after which a stream goes on, as browsers send it. @throws ProblemError */
export function resumedAfter(request: ApiRequest): string | undefined {
  return readInput(lastEventId, request.headers['last-event-id'], { in: 'parameter', name: 'Last-Event-ID' });
}

/** Writes a stream as server-sent events until its reader leaves or it ends; the last event then says why. */
export async function writeEvents(
  stream: EventStream,
  response: Response,
  { requestId }: Pick<ApiRequest, 'requestId'>,
): Promise<void> {
  response.once('close', () => stream.end());
  // Its reader may have left while the stream was opened.
  if (response.destroyed) return stream.end();
  response.status(200);
  response.setHeader('Content-Type', EVENT_STREAM);
  // Neither a cache nor a proxy may keep or compress it.
  response.setHeader('Cache-Control', 'no-store, no-transform');
  response.setHeader('X-Accel-Buffering', 'no');
  response.flushHeaders();
  response.write(`retry: ${RETRY_MS}\n`);
  for (let idleMs = 0; ; idleMs = HEARTBEAT_MS) {
    const taken = await stream.take(idleMs);
    if (response.destroyed) return;
    const isFlowing = response.write(textOf(taken, requestId));
    if (taken.kind === 'end') return end(response);
    if (!isFlowing) await drained(response, stream, STALL_MS);
  }
}

function textOf(taken: Taken, requestId: string): string {
  // An id without data is no event for the reader, but its next Last-Event-ID.
  if (taken.kind === 'idle') return `: heartbeat\nid: ${taken.id}\n\n`;
  if (taken.kind === 'event') return `id: ${taken.id}\nevent: ${taken.read.event.type}\ndata: ${taken.read.body}\n\n`;
  return `event: stream.closed\ndata: ${JSON.stringify(renderProblem(taken.problem, requestId))}\n\n`;
}

function end(response: Response): void {
  response.end();
  const cut = setTimeout(() => response.destroy(), FAREWELL_MS);
  response.once('close', () => clearTimeout(cut));
}
