import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import { Connection, type ConnectionOptions, type Door } from './connection.ts';
import type { Dialect } from './message.ts';

const FIRST_BACKOFF_MS = 400;
const MAX_BACKOFF_MS = 4_000;

export interface LinkOptions {
  cpId: string;
  dialect: Dialect;
  door: Door;
  onCall: ConnectionOptions['onCall'];
  random: Random;
  /** Told why each try to connect failed. */
  onRefused: (why: string) => void;
  /** Told how long the charger was away, each time it is back; not of the first connection. */
  onBack: (awayMs: number) => void;
}

/** A charger's way to the CSMS: comes back by itself, with a jittered and growing wait (OCPP-J: back-off). */
export class Link {
  readonly #options: LinkOptions;
  readonly #end = new AbortController();
  #connection: Connection | undefined;
  #turn: number;
  #failures = 0;
  #awaySince: number | undefined;
  #life: Promise<void> | undefined;
  #waiting: (() => void)[] = [];
  #refusal = 'none';

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#turn = Math.floor(options.random.between(0, options.door.urls.length));
  }

  get isOpen(): boolean {
    return this.#connection?.isOpen ?? false;
  }

  /** Why the last try to connect failed. */
  get refusal(): string {
    return this.#refusal;
  }

  start(): void {
    this.#life ??= this.#live();
  }

  /** The open connection, as soon as there is one; undefined once the link has ended. */
  async connection(): Promise<Connection | undefined> {
    while (!this.isOpen && !this.#end.signal.aborted) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#end.signal.aborted ? undefined : this.#connection;
  }

  cut(): void {
    this.#connection?.cut();
  }

  async stop(): Promise<void> {
    this.#end.abort();
    this.cut();
    this.#wake();
    await this.#life;
  }

  async #live(): Promise<void> {
    const { door, cpId, dialect, random, onCall, onBack, onRefused } = this.#options;
    const { urls, ca } = door;
    while (!this.#end.signal.aborted) {
      const url = urls[this.#turn % urls.length] as string;
      try {
        this.#connection = await Connection.open({ url, cpId, subprotocol: dialect.subprotocol, ca, onCall });
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        this.#refusal = code ?? message;
        onRefused(this.#refusal);
        this.#turn += 1;
        this.#failures += 1;
        const wait = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (this.#failures - 1));
        await this.#pause(wait * random.between(0.5, 1));
        continue;
      }
      this.#failures = 0;
      if (this.#awaySince !== undefined) onBack(performance.now() - this.#awaySince);
      this.#wake();
      await this.#connection.closed;
      this.#awaySince = performance.now();
      await this.#pause(FIRST_BACKOFF_MS * random.between(0, 1));
    }
    this.cut();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#end.signal }).catch(() => undefined);
  }
}
