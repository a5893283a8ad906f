/** The caller and the ids of a request of REST or gRPC, for logs and traces. */
export interface RequestContext {
  requestId: string;
  /** Name of the token. */
  caller: string;
  traceparent?: string;
  /** Aborted when the caller goes away without waiting for the answer. */
  gone: AbortSignal;
}

/** The format of W3C Trace Context section 3.2. A header in another format is ignored, as the recommendation says. */
const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

export function requestContext(parts: {
  requestId: string;
  caller: string | undefined;
  traceparent: unknown;
  gone: AbortSignal;
}): RequestContext {
  const { requestId, caller = 'anonymous', traceparent, gone } = parts;
  const traced = typeof traceparent === 'string' && TRACEPARENT.test(traceparent);
  return { requestId, caller, traceparent: traced ? traceparent : undefined, gone };
}
