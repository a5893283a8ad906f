import { randomUUID } from 'node:crypto';
import { BACKEND_ENVELOPE_VERSION } from '@ocpp-gw/contracts/backend';

/** As long as the gateway waits for one attempt unless it is set otherwise. */
export const ATTEMPT_TIMEOUT_MS = 3_000;

export interface Reply {
  status: number;
  text: string;
  /** Undefined when the body is no JSON. */
  json: unknown;
  ms: number;
}

export interface Sending {
  /** Another token than the right one. */
  token?: string;
  key?: string;
  /** Fields of the envelope beside those of the contract. */
  extra?: object;
}

/** Sends requests as the gateway does. */
export class BackendClient {
  private readonly baseUrl: string;
  private readonly token: string;
  readonly cpId = 'BACKEND-CHECK';

  constructor(baseUrl: string, token: string) {
    this.baseUrl = baseUrl.replace(/\/$/, '');
    this.token = token;
  }

  /** @returns why there was no answer, as text */
  async post(path: string, data: object, sending: Sending = {}): Promise<Reply | string> {
    const since = performance.now();
    const envelope = {
      v: BACKEND_ENVELOPE_VERSION,
      request_id: randomUUID(),
      cp_id: this.cpId,
      sent_at: new Date().toISOString(),
      data,
      ...sending.extra,
    };
    try {
      const response = await fetch(this.baseUrl + path, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          authorization: `Bearer ${sending.token ?? this.token}`,
          'content-type': 'application/json',
          accept: 'application/json',
          'idempotency-key': sending.key ?? randomUUID(),
        },
        body: JSON.stringify(envelope),
        signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_MS),
      });
      const text = await response.text();
      return { status: response.status, text, json: parsed(text), ms: performance.now() - since };
    } catch (error) {
      return whyOf(error);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whyOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `there was no answer within ${ATTEMPT_TIMEOUT_MS / 1000} s`;
  const { message: deeper = '', code = '' } = (cause ?? {}) as { message?: string; code?: string };
  return deeper || code || message;
}
