import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, type AnswerSource, type CallPath, defaultAnswers } from './calls.ts';
import { readEnvelope } from './envelope.ts';
import type { Request, Response } from './http.ts';
import type { Journal, ReceivedRequest } from './journal.ts';
import type { MockBackendOptions } from './options.ts';

/** How many idempotency keys are remembered. */
const REMEMBERED_KEYS = 10_000;

/** The calls of the contract: token, envelope, idempotency, answer. */
export class Contract {
  readonly #options: MockBackendOptions;
  readonly #journal: Journal<ReceivedRequest>;
  readonly #answered = new Map<string, Answer>();
  #answers: Record<string, AnswerSource>;

  constructor(options: MockBackendOptions, journal: Journal<ReceivedRequest>) {
    this.#options = options;
    this.#journal = journal;
    this.#answers = defaultAnswers(options);
  }

  has(path: string): boolean {
    return Object.hasOwn(this.#answers, path);
  }

  setAnswer(path: CallPath, answer: AnswerSource): void {
    this.#answers[path] = answer;
  }

  clear(): void {
    this.#answered.clear();
    this.#answers = defaultAnswers(this.#options);
  }

  async handle(request: Request): Promise<Response> {
    if (request.headers.authorization !== `Bearer ${this.#options.token}`)
      return { status: 401, body: { error: 'the bearer token is missing or wrong (MOCK_BACKEND_TOKEN)' } };
    if (this.#options.latencyMs > 0) await delay(this.#options.latencyMs);
    // A failure before the request is looked at: the caller's retry must be able to succeed.
    if (Math.random() < this.#options.failRate)
      return { status: 503, body: { error: 'failing on purpose (MOCK_BACKEND_FAIL_RATE)' } };
    const reading = readEnvelope(request.path, request.body);
    if (!reading.ok)
      return { status: 400, body: { error: 'the request breaks the contract', problems: reading.problems } };

    const { envelope } = reading;
    const key = request.headers['idempotency-key'];
    const memoryKey = typeof key === 'string' ? `${request.path} ${key}` : null;
    const remembered = memoryKey === null ? undefined : this.#answered.get(memoryKey);
    const source = this.#answers[request.path] ?? { httpStatus: 404, body: {} };
    const answer = remembered ?? (typeof source === 'function' ? source(envelope) : source);
    const status = answer.httpStatus ?? 200;
    if (memoryKey !== null && status < 400) this.#remember(memoryKey, answer);
    this.#journal.add({
      at: new Date().toISOString(),
      path: request.path,
      cp_id: envelope.cp_id,
      request_id: envelope.request_id,
      idempotency_key: typeof key === 'string' ? key : null,
      replayed: remembered !== undefined,
      data: envelope.data,
      status,
      answer: answer.body,
    });
    return { status, body: answer.body };
  }

  #remember(key: string, answer: Answer): void {
    this.#answered.set(key, answer);
    if (this.#answered.size <= REMEMBERED_KEYS) return;
    const [oldest] = this.#answered.keys();
    if (oldest !== undefined) this.#answered.delete(oldest);
  }
}
