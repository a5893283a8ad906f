import { setTimeout as delay } from 'node:timers/promises';
import {
  CallError,
  startCharger,
  type LogEntry,
  type Misbehaviour,
  type Session,
  type SimulatedCharger,
  type Truth,
} from '@ocpp-gw/charger-sim';
import type { Acknowledged, Complaint } from '../reconciliation/facts.ts';
import type { Transfer } from '../commands/facts.ts';
import type { Access } from '../gateway/gateway.ts';
import type { Random } from '../random.ts';
import { Recorder } from './recorder.ts';

const CALL_TIMEOUT_MS = 15_000;
/** Never given up, so that all records must agree in the end. */
const RETRY = { attempts: Infinity, intervalMs: 500 };
const BACKOFF = { firstMs: 400, maxMs: 4_000 };
const POWER_W = 350_000;
/** Of DataTransfers, one as likely as the other. */
const ANSWERS = ['Accepted', 'Accepted', 'Accepted', 'Accepted', 'Accepted', 'Rejected', 'Rejected', 'CALLERROR'];

export interface ChargerOptions {
  cpId: string;
  protocol: '1.6' | '2.0.1';
  misbehaviours: readonly Misbehaviour[];
  /** What it sends may rightly come out as other messages than it sent: only its log says what has to be there. */
  misbehaves: boolean;
  access: Access;
  password?: string;
  random: Random;
  /** Between two meter values. */
  paceMs: number;
  observe: {
    lost: () => void;
    back: (awayMs: number) => void;
    refused: (why: string) => void;
    retried: (why: string) => void;
  };
}

/** A charger of the simulator that does session after session, with a record of what was acknowledged. */
export class Charger {
  readonly cpId: string;
  /** Who charged what, by its own log. */
  readonly truth: Truth[] = [];
  readonly #options: ChargerOptions;
  readonly #recorder = new Recorder();
  /** How each DataTransfer was answered. */
  readonly #answers = new Map<object, string>();
  readonly #finishing = new AbortController();
  readonly #stopping = new AbortController();
  #charger: SimulatedCharger | undefined;
  #session: Session | undefined;
  #charging = false;
  #trouble = 'none';
  #awaySince: number | undefined;
  #running: Promise<void> | undefined;

  constructor(options: ChargerOptions) {
    this.cpId = options.cpId;
    this.#options = options;
  }

  get misbehaves(): boolean {
    return this.#options.misbehaves;
  }

  /** What has to be there message by message. */
  get acknowledged(): readonly Acknowledged[] {
    return this.misbehaves ? [] : this.#recorder.acknowledged;
  }

  /** Each DataTransfer that came, in order. */
  get transferred(): readonly Transfer[] {
    const received = this.#charger?.received('DataTransfer') ?? [];
    // Before the charger is accepted it answers that it knows no vendor.
    return received.map(({ payload }) => ({
      marker: String(payload['data']),
      answered: this.#answers.get(payload) ?? 'Rejected',
    }));
  }

  /** Whether a session has messages that wait for an acknowledgement, or is yet to end. */
  get waiting(): boolean {
    return this.#charging;
  }

  get isOpen(): boolean {
    return this.#charger?.ready ?? false;
  }

  get complaints(): readonly Complaint[] {
    const names = this.#options.misbehaviours.map(({ name }) => name).join(', ');
    const complain = (kind: Complaint['kind'], what: string): Complaint => ({
      cpId: this.cpId,
      kind,
      what: `${what} (${names}); last trouble: ${this.#trouble}`,
    });
    return [
      ...(this.misbehaves ? [] : this.#recorder.changes),
      // A run in which no session came to its end would agree.
      ...(this.#hasCharged ? [] : [complain('idle', 'no session came to its end')]),
      ...(this.#charging ? [complain('undelivered', 'a session waits for its acknowledgements')] : []),
      ...(this.isOpen ? [] : [complain('disconnected', 'not connected, or not accepted')]),
    ];
  }

  get #hasCharged(): boolean {
    return this.misbehaves
      ? this.truth.some(({ kind }) => kind === 'session')
      : this.acknowledged.some(({ kind }) => kind === 'ended');
  }

  start(): void {
    this.#running ??= this.#live().catch((error: Error) => void (this.#trouble = error.message));
  }

  /** Ends the running session and begins no other. */
  finish(): void {
    this.#finishing.abort();
    this.#session?.stop('Local');
  }

  cut(): void {
    this.#charger?.disconnect();
  }

  async stop(): Promise<void> {
    this.finish();
    this.#stopping.abort();
    await this.#charger?.close();
    await this.#running;
  }

  async #live(): Promise<void> {
    const { cpId, protocol, misbehaviours, access, password, random, paceMs } = this.#options;
    const [url = '', ...otherUrls] = random.shuffled(access.urls);
    const charger = await startCharger(
      {
        url,
        otherUrls,
        protocol,
        id: cpId,
        ca: access.ca,
        password,
        connectors: 1,
        misbehaviours,
        powerW: POWER_W,
        meterIntervalMs: paceMs,
        callTimeoutMs: CALL_TIMEOUT_MS,
        retry: RETRY,
        // Some chargers repeat a message under its id, some under a new one (notes 2.10).
        keepsMessageIds: random.chance(0.5),
        backoff: BACKOFF,
        truth: (entry) => this.#happened(entry),
        log: (entry) => this.#logged(entry),
      },
      this.#stopping.signal,
    );
    this.#charger = charger;
    charger.onCall('DataTransfer', (payload) => this.#transfer(payload));
    for (let session = 1; !this.#finishing.signal.aborted; session += 1) await this.#charge(charger, session);
    // The state of the connector is sent once more on a new connection, whatever a misbehaviour made of it before.
    if (this.misbehaves) charger.disconnect();
  }

  async #charge(charger: SimulatedCharger, number: number): Promise<void> {
    const { random, paceMs } = this.#options;
    this.#charging = true;
    this.#session = charger.startSession({
      idToken: `${this.cpId.slice(-4)}N${number}M`,
      meterValues: Math.floor(random.between(1, 10)),
      meterIntervalMs: paceMs * random.between(0.6, 1.2),
      authorize: random.chance(0.3),
    });
    await this.#session.result;
    this.#charging = false;
    await delay(paceMs * random.between(0.5, 2), undefined, { signal: this.#finishing.signal }).catch(() => undefined);
  }

  /** Accepts, rejects or fails; each time with other data. */
  #transfer(payload: Record<string, unknown>): object {
    const answered = ANSWERS[Math.floor(this.#options.random.between(0, ANSWERS.length))] ?? 'Accepted';
    this.#answers.set(payload, answered);
    if (answered === 'CALLERROR') throw new CallError('GenericError', 'as some chargers do');
    return { status: answered, data: `${this.cpId} ${this.#answers.size}` };
  }

  #happened(entry: Truth): void {
    this.truth.push(entry);
    if (entry.kind !== 'message') return;
    this.#recorder.take(entry);
    if (entry.outcome === 'acknowledged') return;
    this.#options.observe.retried(entry.outcome === 'refused' ? String(entry.answer) : 'no answer');
  }

  #logged({ message, action, error }: LogEntry): void {
    if (error !== undefined) this.#trouble = [message, action, error].filter(Boolean).map(String).join(' ');
    if (message === 'connection failed') this.#options.observe.refused(inShort(String(error)));
    if (message === 'disconnected') {
      this.#awaySince = performance.now();
      this.#options.observe.lost();
    }
    if (message === 'connected' && this.#awaySince !== undefined)
      this.#options.observe.back(performance.now() - this.#awaySince);
  }
}

/** Without the words that differ from one refusal to the next. */
function inShort(problem: string): string {
  return /HTTP \d+|\bE[A-Z]{4,}\b/.exec(problem)?.[0] ?? problem;
}
