import type { Request, Response } from 'express';
import type { Caller } from '../auth/tokens.ts';
import { requestContext, type RequestContext } from '../request-context.ts';

/** A request after our middleware has handled it. */
export interface ApiRequest extends Request {
  requestId: string;
  /** Absent on routes that need no token. */
  caller?: Caller;
}

export function contextOf(request: ApiRequest): RequestContext {
  const { requestId, caller, headers } = request;
  const gone = request.res ? closedEarly(request.res) : new AbortController().signal;
  return requestContext({
    requestId,
    caller: caller?.name,
    traceparent: headers['traceparent'],
    idempotencyKey: headers['idempotency-key'],
    gone,
  });
}

/** Aborted when the connection closes before the answer has been written. */
function closedEarly(response: Response): AbortSignal {
  if (response.destroyed) return AbortSignal.abort();
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
