import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { requestId } from '@ocpp-gw/service-kit';
import type { IncomingMessage } from 'node:http';
import type { Caller } from '../auth/tokens.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { requestContext, type RequestContext } from '../request-context.ts';
import { UnreadableMessage } from './proto.ts';

/** A call after the guard has handled it. */
export type Call = ServerUnaryCall<object, object> & { caller?: Caller };

const REQUEST_ID = 'x-request-id';

/** Returns the client's own request id if it is well-formed, or else a new one, and stores it in the metadata. */
export function requestIdOf(metadata: Metadata): string {
  const id = requestId({ headers: { [REQUEST_ID]: first(metadata, REQUEST_ID) } } as unknown as IncomingMessage);
  metadata.set(REQUEST_ID, id);
  return id;
}

export function contextOf(call: Call): RequestContext {
  const { metadata, caller } = call;
  return requestContext({
    requestId: requestIdOf(metadata),
    caller: caller?.name,
    traceparent: first(metadata, 'traceparent'),
    idempotencyKey: first(metadata, 'idempotency-key'),
    gone: cancelled(call),
  });
}

/** Aborted when the client cancels, goes away or lets its deadline pass. */
function cancelled(call: Call): AbortSignal {
  if (call.cancelled) return AbortSignal.abort();
  const gone = new AbortController();
  call.once('cancelled', () => gone.abort());
  return gone.signal;
}

/** @throws ProblemError */
export function checkReadable(message: object): void {
  if (!(message instanceof UnreadableMessage)) return;
  const detail = `The message cannot be read: ${message.reason}. Nothing was sent to the charge point.`;
  throw new ProblemError('bad-request', { detail });
}

function first(metadata: Metadata, key: string): string | undefined {
  return metadata.get(key)[0]?.toString();
}
