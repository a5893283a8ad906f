import { activeSpan } from '@ocpp-gw/service-kit';
import { ProblemError } from './problems/problem-error.ts';

/** The caller and the ids of a request of REST or gRPC, for logs and traces. */
export interface RequestContext {
  requestId: string;
  /** Name of the token. */
  caller: string;
  traceparent?: string;
  /** The same key of the same caller means the same command. */
  idempotencyKey?: string;
  /** Aborted when the caller goes away without waiting for the answer. */
  gone: AbortSignal;
}

/** The format of W3C Trace Context section 3.2. A header in another format is ignored, as the recommendation says. */
const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

const IDEMPOTENCY_KEY = /^[!-~]{1,255}$/;

export function requestContext(parts: {
  requestId: string;
  caller: string | undefined;
  traceparent: unknown;
  idempotencyKey: unknown;
  gone: AbortSignal;
}): RequestContext {
  const { requestId, caller = 'anonymous', traceparent, idempotencyKey, gone } = parts;
  const traced = typeof traceparent === 'string' && TRACEPARENT.test(traceparent);
  return {
    requestId,
    caller,
    traceparent: activeSpan()?.traceparent ?? (traced ? traceparent : undefined),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey: checked(idempotencyKey) }),
    gone,
  };
}

/** @throws ProblemError: a key that is sent and not honoured would be worse than none. */
function checked(key: unknown): string {
  if (typeof key === 'string' && IDEMPOTENCY_KEY.test(key)) return key;
  throw new ProblemError('invalid-parameter', {
    errors: [{ parameter: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }],
  });
}
