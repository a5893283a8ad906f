import { setTimeout as delay } from 'node:timers/promises';
import { startCharger, type Misbehaviour, type Session, type SimulatedCharger, type Truth } from '@ocpp-gw/charger-sim';
import type { Complaint } from '../books/facts.ts';
import type { Random } from '../random.ts';
import type { Door } from './connection.ts';
import type { FleetCharger } from './fleet-charger.ts';

const CALL_TIMEOUT_MS = 15_000;
const RETRY_MS = 500;
const BACKOFF = { firstMs: 400, maxMs: 4_000 };
const POWER_W = 350_000;

export interface MisbehavingOptions {
  cpId: string;
  protocol: '1.6' | '2.0.1';
  misbehaviours: readonly Misbehaviour[];
  door: Door;
  random: Random;
  /** Between two meter values. */
  paceMs: number;
  onRefused: (why: string) => void;
}

/** A charger of the simulator: its own log, not what was acknowledged message by message, says what has to come out. */
export class MisbehavingCharger implements FleetCharger {
  readonly cpId: string;
  readonly acknowledged = [];
  readonly truth: Truth[] = [];
  readonly #options: MisbehavingOptions;
  readonly #finishing = new AbortController();
  readonly #stopping = new AbortController();
  #charger: SimulatedCharger | undefined;
  #session: Session | undefined;
  #charging = false;
  #trouble = 'none';
  #running: Promise<void> | undefined;

  constructor(options: MisbehavingOptions) {
    this.cpId = options.cpId;
    this.#options = options;
  }

  get transferred(): string[] {
    return this.#charger?.received('DataTransfer').map(({ payload }) => String(payload['data'])) ?? [];
  }

  get waiting(): number {
    return this.#charging ? 1 : 0;
  }

  get isOpen(): boolean {
    return this.#charger?.ready ?? false;
  }

  get complaints(): Complaint[] {
    const names = this.#options.misbehaviours.map(({ name }) => name).join(', ');
    const complain = (kind: Complaint['kind'], what: string): Complaint => ({
      cpId: this.cpId,
      kind,
      what: `${what} (${names}); last trouble: ${this.#trouble}`,
    });
    return [
      ...(this.truth.some(({ kind }) => kind === 'session') ? [] : [complain('idle', 'no session came to its end')]),
      ...(this.#charging ? [complain('undelivered', 'a session waits for its acknowledgements')] : []),
      ...(this.isOpen ? [] : [complain('disconnected', 'not connected, or not accepted')]),
    ];
  }

  start(): void {
    this.#running ??= this.#live().catch((error: Error) => void (this.#trouble = error.message));
  }

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
    const { cpId, protocol, misbehaviours, door, random, paceMs } = this.#options;
    const { urls, ca } = door;
    const charger = await startCharger(
      {
        url: urls[Math.floor(random.between(0, urls.length))] ?? '',
        protocol,
        id: cpId,
        ca,
        connectors: 1,
        misbehaviours,
        powerW: POWER_W,
        meterIntervalMs: paceMs,
        callTimeoutMs: CALL_TIMEOUT_MS,
        retry: { attempts: Infinity, intervalMs: RETRY_MS },
        backoff: BACKOFF,
        truth: (entry) => this.truth.push(entry),
        log: ({ message, action, error }) => {
          if (error === undefined) return;
          this.#trouble = [message, action, error].filter(Boolean).map(String).join(' ');
          if (message === 'connection failed') this.#options.onRefused(inShort(String(error)));
        },
      },
      this.#stopping.signal,
    );
    this.#charger = charger;
    for (let session = 1; !this.#finishing.signal.aborted; session += 1) await this.#charge(charger, session);
    // The last word is the state of the connector, told again on a new connection.
    charger.disconnect();
  }

  async #charge(charger: SimulatedCharger, number: number): Promise<void> {
    const { random, paceMs } = this.#options;
    this.#charging = true;
    this.#session = charger.startSession({
      idToken: `${this.cpId.slice(-4)}N${number}M`,
      meterValues: Math.floor(random.between(1, 8)),
      meterIntervalMs: paceMs * random.between(0.6, 1.2),
      authorize: random.chance(0.3),
    });
    await this.#session.result;
    this.#charging = false;
    await delay(paceMs * random.between(0.5, 2), undefined, { signal: this.#finishing.signal }).catch(() => undefined);
  }
}

/** Without the words that differ from one refusal to the next. */
function inShort(problem: string): string {
  return /HTTP \d+/.exec(problem)?.[0] ?? problem;
}
