import { request, type Agent } from 'undici';
import type { Signed } from './signature.ts';
import type { Answer } from './verdict.ts';

/** Greatest part of an answer's body that is read. Beyond it the connection is closed. */
const BODY_LIMIT = 16_384;

export interface Post {
  url: string;
  headers: Signed;
  body: string;
  timeoutMs: number;
  /** W3C trace context. */
  traceparent?: string | undefined;
}

/** Makes one POST. Never throws. Redirects count as answers and are not followed. */
export async function post(agent: Agent, { url, headers, body, timeoutMs, traceparent }: Post): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await request(url, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'user-agent': 'ocpp-gateway-webhooks/1' },
        ...(traceparent !== undefined && { traceparent }),
        ...headers,
      },
      body,
      dispatcher: agent,
      signal,
    });
    // The status is the answer; the body is read only so that the connection can be used again.
    await response.body.dump({ limit: BODY_LIMIT }).catch(() => undefined);
    const after = response.headers['retry-after'];
    return { kind: 'answered', status: response.statusCode, retryAfter: Array.isArray(after) ? after[0] : after };
  } catch (error) {
    return { kind: 'failed', reason: signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error) };
  }
}

/** Node reports a refusal by several addresses as an error with a code and no message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
