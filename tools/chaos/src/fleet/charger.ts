import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Acknowledged, Complaint } from '../books/facts.ts';
import type { Random } from '../random.ts';
import { CallErrorReceived, type Door } from './connection.ts';
import { Link } from './link.ts';
import type { FleetCharger } from './fleet-charger.ts';
import type { Call, Dialect, Payload, Reading, TransactionMessage } from './message.ts';

/** TransactionMessageRetryInterval, times the tries so far (1.6 section 9.1.25); never given up, so that every book must balance. */
const RETRY_MS = 500;
const MAX_RETRY_MS = 3_000;

export interface ChargerOptions {
  cpId: string;
  dialect: Dialect;
  door: Door;
  random: Random;
  /** Between two meter values. */
  paceMs: number;
  /** Of the acknowledged messages, how many are sent again, as by a charger that lost its mark in a power cut: 0 to 1. */
  repeated: number;
  observe: { back: (awayMs: number) => void; refused: (why: string) => void; retried: (why: string) => void };
}

/** A charger that does sessions and keeps its own book of what was acknowledged. Its messages wait in order while it is away. */
export class Charger implements FleetCharger {
  readonly cpId: string;
  readonly acknowledged: Acknowledged[] = [];
  /** The data of each DataTransfer that came, in order. */
  readonly transferred: string[] = [];
  readonly #changed: Complaint[] = [];
  readonly #options: ChargerOptions;
  readonly #link: Link;
  readonly #queue: TransactionMessage[] = [];
  /** Some chargers repeat a message under its id, some under a new one (notes 2.10). */
  readonly #keepsIds: boolean;
  readonly #finishing = new AbortController();
  readonly #stopping = new AbortController();
  #running: Promise<unknown> | undefined;
  #charging = false;
  #trouble = 'none';
  #lastMs = 0;
  #wh: number;
  #wake: () => void = () => undefined;

  constructor(options: ChargerOptions) {
    this.cpId = options.cpId;
    this.#options = options;
    this.#link = new Link({
      ...options,
      onBack: options.observe.back,
      onRefused: options.observe.refused,
      onCall: (call) => this.#obey(call),
    });
    this.#keepsIds = options.random.chance(0.5);
    this.#wh = Math.floor(options.random.between(1, 1_000_000));
  }

  get waiting(): number {
    return this.#queue.length + (this.#charging ? 1 : 0);
  }

  get isOpen(): boolean {
    return this.#link.isOpen;
  }

  get complaints(): Complaint[] {
    const { cpId } = this;
    const complaints = [...this.#changed];
    // A run in which nothing was acknowledged would balance.
    if (!this.acknowledged.some(({ kind }) => kind === 'ended'))
      complaints.push({ cpId, kind: 'idle', what: 'no session was acknowledged to its end' });
    const [first] = this.#queue;
    if (first) {
      const what = `${this.#queue.length} messages wait, first ${first.action}; last trouble: ${this.#trouble}`;
      complaints.push({ cpId, kind: 'undelivered', what });
    }
    if (!this.isOpen)
      complaints.push({ cpId, kind: 'disconnected', what: `not connected; last refusal: ${this.#link.refusal}` });
    return complaints;
  }

  start(): void {
    this.#link.start();
    this.#running ??= Promise.all([this.#charge(), this.#deliver()]);
  }

  /** Ends the running session and begins no other. */
  finish(): void {
    this.#finishing.abort();
  }

  cut(): void {
    this.#link.cut();
  }

  async stop(): Promise<void> {
    this.finish();
    this.#stopping.abort();
    this.#wake();
    await this.#link.stop();
    await this.#running;
  }

  #obey({ action, payload }: Call): Payload | undefined {
    if (action !== 'DataTransfer') return undefined;
    this.transferred.push(String(payload['data']));
    return { status: 'Accepted' };
  }

  async #charge(): Promise<void> {
    const { dialect, random, paceMs } = this.#options;
    await this.#pause(random.between(0, paceMs));
    for (let session = 0; !this.#finishing.signal.aborted; session += 1) {
      this.#charging = true;
      const transaction = dialect.begin(`TAG${session % 10}`);
      this.#push(transaction.started(this.#read()));
      for (let left = random.between(2, 12); left > 1 && !this.#finishing.signal.aborted; left -= 1) {
        await this.#pause(paceMs * random.between(0.8, 1.2));
        this.#push(transaction.metered(this.#read()));
      }
      this.#push(transaction.ended(this.#read()));
      this.#charging = false;
      await this.#pause(paceMs * random.between(0.5, 2));
    }
  }

  #read(): Reading {
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    this.#wh += 1 + Math.floor(this.#options.random.between(0, 50));
    return { at: new Date(this.#lastMs), wh: this.#wh };
  }

  #push(message: TransactionMessage): void {
    this.#queue.push(message);
    this.#wake();
  }

  async #deliver(): Promise<void> {
    await this.#send(this.#options.dialect.boot(), ({ status }) => status === 'Accepted');
    while (!this.#stopping.signal.aborted) {
      const message = this.#queue[0];
      if (!message) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      const first = await this.#acknowledge(message);
      if (!first) return;
      this.acknowledged.push(first);
      if (this.#options.random.chance(this.#options.repeated)) await this.#repeat(message, first);
      this.#queue.shift();
      if (message.action !== 'MeterValues') await this.#tellStatus();
    }
  }

  async #acknowledge(message: TransactionMessage): Promise<Acknowledged | undefined> {
    const answer = await this.#send({ action: message.action, payload: message.payload() });
    return answer && { cpId: this.cpId, ...message.entry(answer) };
  }

  async #repeat(message: TransactionMessage, first: Acknowledged): Promise<void> {
    const again = await this.#acknowledge(message);
    if (!again || again.transactionId === first.transactionId) return;
    const what = `${message.action} repeated: transaction ${again.transactionId}, before ${first.transactionId}`;
    this.#changed.push({ cpId: this.cpId, kind: 'changed', what });
  }

  /** Nothing waits for it: the next status makes up for a lost one. */
  async #tellStatus(): Promise<void> {
    const connection = await this.#link.connection();
    await connection
      ?.call(this.#options.dialect.status(this.#charging, new Date()), randomUUID())
      .catch(() => undefined);
  }

  /** Until it is answered, on whatever connection; undefined when the charger is stopped before. */
  async #send(call: Call, isEnough: (answer: Payload) => boolean = () => true): Promise<Payload | undefined> {
    const id = randomUUID();
    for (let tries = 1; ; tries += 1) {
      const connection = await this.#link.connection();
      if (!connection) return undefined;
      try {
        const answer = await connection.call(call, this.#keepsIds ? id : randomUUID());
        if (isEnough(answer)) return answer;
      } catch (error) {
        this.#trouble = (error as Error).message;
        this.#options.observe.retried(error instanceof CallErrorReceived ? this.#trouble : 'no answer');
      }
      await delay(Math.min(MAX_RETRY_MS, RETRY_MS * tries), undefined, { signal: this.#stopping.signal }).catch(
        () => undefined,
      );
    }
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#finishing.signal }).catch(() => undefined);
  }
}
