import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import { ask } from './ask.ts';
import { Caller } from './caller.ts';
import type { SentCommand } from './facts.ts';

const PACE_MS = 100;
const BACKOFF_MS = 1_000;
/** For what comes before the deadline begins and after it ends, on a machine that is busy killing. */
const MARGIN_MS = 3_000;

export interface TrickleOptions {
  /** http://host:port/api/v1 of each command-api. */
  urls: readonly string[];
  token: string;
  cpIds: readonly string[];
  random: Random;
  /** Of the commands, how many have an idempotency key and are asked for again and again: 0 to 1. */
  keyed: number;
  /** Between two commands. */
  paceMs?: number;
  /** Greatest pause before a caller asks again. */
  backoffMs?: number;
  /** How long after its deadline a command may end. */
  marginMs?: number;
}

/** A command every so often, each to a charger at random, whatever became of the ones before. */
export class CommandTrickle {
  readonly sent: SentCommand[] = [];
  readonly #options: TrickleOptions;
  readonly #end = new AbortController();
  #life: Promise<void> | undefined;

  constructor(options: TrickleOptions) {
    this.#options = options;
  }

  start(): void {
    this.#life ??= this.#live();
  }

  /** Resolves when the last one has ended for all its callers. */
  async stop(): Promise<void> {
    this.#end.abort();
    await this.#life;
  }

  async #live(): Promise<void> {
    const { cpIds, random, keyed, paceMs = PACE_MS } = this.#options;
    const underWay: Promise<void>[] = [];
    for (let next = 1; !this.#end.signal.aborted; next += 1) {
      const cpId = cpIds[Math.floor(random.between(0, cpIds.length))] as string;
      const marker = `${cpId}-marker-${next}`;
      underWay.push(random.chance(keyed) ? this.#insist(cpId, marker) : this.#askOnce(cpId, marker));
      const pause = paceMs * random.between(0.5, 1.5);
      await delay(pause, undefined, { signal: this.#end.signal }).catch(() => undefined);
    }
    await Promise.all(underWay);
  }

  async #insist(cpId: string, marker: string): Promise<void> {
    const { random, backoffMs = BACKOFF_MS } = this.#options;
    const request = this.#request(cpId, marker, true);
    const caller = new Caller({ request, random, backoffMs, hurry: this.#end.signal });
    await caller.run();
    this.sent.push({ cpId, marker, keyed: true, asks: caller.asks });
  }

  async #askOnce(cpId: string, marker: string): Promise<void> {
    const { random, urls } = this.#options;
    const asked = await ask(this.#request(cpId, marker, false), Math.floor(random.between(0, urls.length)));
    this.sent.push({ cpId, marker, keyed: false, asks: [asked] });
  }

  #request(cpId: string, marker: string, keyed: boolean) {
    const { urls, token, marginMs = MARGIN_MS } = this.#options;
    return { urls, token, cpId, marker, keyed, marginMs };
  }
}
