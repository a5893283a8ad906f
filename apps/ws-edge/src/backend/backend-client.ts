import { BACKEND_ENVELOPE_VERSION, type BackendEnvelope } from '@ocpp-gw/contracts/backend';
import { inSpan, type SpanRequest } from '@ocpp-gw/service-kit';
import { randomUUID } from 'node:crypto';
import { Agent, RetryAgent, type Dispatcher } from 'undici';
import { z } from 'zod';
import { CircuitBreaker } from './circuit-breaker.ts';
import { BackendError } from './errors.ts';

const MAX_ANSWER_BYTES = 1024 * 1024;
const TRANSIENT_STATUSES = [429, 500, 502, 503, 504];
/**
 * Statuses that concern our credentials, the route or the moment, not the message. An operator repairs the cause, and
 * the message is sent again.
 */
const NOT_ABOUT_THE_MESSAGE = [401, 403, 404, 405, 407, 408, 421, 425];
const TRANSIENT_ERRORS = [
  'ECONNRESET',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETDOWN',
  'ENETUNREACH',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
];

export interface BackendClientOptions {
  baseUrl: string;
  token: string | undefined;
  /** One attempt may take this long. */
  attemptTimeoutMs: number;
  /** A call with all its attempts may take this long. */
  deadlineMs: number;
  retries: number;
  connections: number;
  breaker: { threshold: number; cooldownMs: number };
  /** Called with the outcome of each call, for the metrics. */
  observe?: (path: string, outcome: 'ok' | BackendError['kind'], seconds: number) => void;
}

/** Asks the backend a question. Specs implement it with fakes. */
export type AskBackend = Pick<BackendClient, 'ask'>;

/**
 * Makes HTTP calls to the operator's backend: pooled, with an envelope, a time limit, and retries under one idempotency
 * key.
 */
export class BackendClient {
  private readonly origin: URL;
  private readonly agent: Agent;
  private readonly dispatcher: Dispatcher;
  private readonly breaker: CircuitBreaker;

  constructor(private readonly options: BackendClientOptions) {
    this.origin = new URL(options.baseUrl);
    this.agent = new Agent({
      connections: options.connections,
      connectTimeout: options.attemptTimeoutMs,
      headersTimeout: options.attemptTimeoutMs,
      bodyTimeout: options.attemptTimeoutMs,
      keepAliveTimeout: 30_000,
      maxResponseSize: MAX_ANSWER_BYTES,
    });
    this.dispatcher = new RetryAgent(this.agent, {
      maxRetries: options.retries,
      minTimeout: 100,
      maxTimeout: 2_000,
      // POST is safe to repeat here: every attempt of a call carries the same Idempotency-Key.
      methods: ['POST'],
      statusCodes: TRANSIENT_STATUSES,
      errorCodes: TRANSIENT_ERRORS,
      throwOnError: false,
    });
    this.breaker = new CircuitBreaker({ ...options.breaker, now: () => performance.now() });
  }

  /**
   * Sends `data` and checks the answer.
   * @throws BackendError
   */
  async ask<T>(path: string, cpId: string, data: object, answer: z.ZodType<T>): Promise<T> {
    const body = encoded(path, cpId, data);
    return this.guarded(path, async () => {
      const text = await this.post(path, body, randomUUID());
      return parseAnswer(path, text, answer);
    });
  }

  /**
   * Sends `data`; any 2xx is enough. The same key on a later attempt tells the backend that it is the same event.
   * @param traceparent W3C trace context of what is delivered
   * @throws BackendError, retriable unless the backend refused the message itself: a rotated token must cost no invoice
   */
  async deliver(path: string, cpId: string, data: object, idempotencyKey: string, traceparent?: string): Promise<void> {
    const body = encoded(path, cpId, data);
    try {
      await this.guarded(path, () => this.post(path, body, idempotencyKey, traceparent ?? null));
    } catch (error) {
      if (!(error instanceof BackendError) || error.status === undefined) throw error;
      const { status, message } = error;
      if (!NOT_ABOUT_THE_MESSAGE.includes(status)) throw error;
      throw new BackendError('status', message, { status, retriable: true, cause: error });
    }
  }

  /** How soon a call may go out, and whether it is to find out if the backend is back: then no other may beside it. */
  get circuit(): { admitsInMs: number; probing: boolean } {
    return { admitsInMs: this.breaker.admitsInMs, probing: this.breaker.state !== 'closed' };
  }

  async stop(): Promise<void> {
    await this.agent.close();
  }

  private async guarded<T>(path: string, call: () => Promise<T>): Promise<T> {
    if (!this.breaker.admit()) {
      this.options.observe?.(path, 'circuitOpen', 0);
      throw new BackendError('circuitOpen', 'the backend failed repeatedly and is not asked for now', {
        retriable: true,
      });
    }
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    try {
      const answer = await call();
      this.breaker.succeeded();
      this.options.observe?.(path, 'ok', seconds());
      return answer;
    } catch (cause) {
      const error = asBackendError(cause);
      // A backend that answers 4xx is up. Only calls that it does not answer count as failures.
      if (error.kind === 'status' && !error.retriable) this.breaker.succeeded();
      else this.breaker.failed();
      this.options.observe?.(path, error.kind, seconds());
      throw error;
    }
  }

  /** @param parent W3C trace context; where absent, that of the CALL that asks */
  private post(path: string, body: string, idempotencyKey: string, parent?: string | null): Promise<string> {
    return inSpan(ofPost(path, this.origin, parent), async (span) => {
      const traceparent = span?.traceparent ?? parent;
      const { statusCode, body: answer } = await this.dispatcher.request({
        origin: this.origin.origin,
        path: this.origin.pathname.replace(/\/$/, '') + path,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'idempotency-key': idempotencyKey,
          ...(traceparent ? { traceparent } : {}),
          ...(this.options.token ? { authorization: `Bearer ${this.options.token}` } : {}),
        },
        body,
        signal: AbortSignal.timeout(this.options.deadlineMs),
      });
      const text = await answer.text();
      span?.set({ 'http.response.status_code': statusCode });
      if (statusCode >= 200 && statusCode < 300) return text;
      throw new BackendError('status', `${path} answered ${statusCode}`, {
        status: statusCode,
        retriable: statusCode >= 500 || TRANSIENT_STATUSES.includes(statusCode),
      });
    });
  }
}

function ofPost(path: string, origin: URL, parent: string | null | undefined): SpanRequest {
  return {
    name: `POST ${path}`,
    kind: 'client',
    parent,
    attributes: { 'http.request.method': 'POST', 'url.template': path, 'server.address': origin.hostname },
  };
}

/**
 * A message of a charge point may be impossible to serialise, for example nested too deep. That is no fault of the
 * backend.
 */
function encoded(path: string, cpId: string, data: object): string {
  const envelope: BackendEnvelope<object> = {
    v: BACKEND_ENVELOPE_VERSION,
    request_id: randomUUID(),
    cp_id: cpId,
    sent_at: new Date().toISOString(),
    data,
  };
  try {
    return JSON.stringify(envelope);
  } catch (cause) {
    throw new BackendError('unsendable', `the body for ${path} cannot be written as JSON`, {
      retriable: false,
      cause,
    });
  }
}

function parseAnswer<T>(path: string, text: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new BackendError('malformed', `${path} answered no JSON`, { retriable: false, cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new BackendError('malformed', `${path} answered ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`, {
    retriable: false,
  });
}

function asBackendError(cause: unknown): BackendError {
  if (cause instanceof BackendError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new BackendError('unreachable', `the backend cannot be reached: ${why}`, { retriable: true, cause });
}
