import type { Request } from 'express';
import type { Caller } from '../auth/tokens.ts';
import { requestContext, type RequestContext } from '../request-context.ts';

/** A request as our middleware leaves it. */
export interface ApiRequest extends Request {
  requestId: string;
  /** Absent on the routes that need no token. */
  caller?: Caller;
}

export function contextOf(request: ApiRequest): RequestContext {
  const { requestId, caller, headers } = request;
  return requestContext({ requestId, caller: caller?.name, traceparent: headers['traceparent'] });
}
