import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { End, SentCommand } from './facts.ts';

const PACE_MS = 100;
const TIMEOUT_S = 5;
/** For what comes before the deadline begins and after it ends, on a machine that is busy killing. */
const MARGIN_MS = 3_000;

export interface TrickleOptions {
  /** http://host:port/api/v1 */
  rest: string;
  token: string;
  cpIds: readonly string[];
  random: Random;
  /** Between two commands. */
  paceMs?: number;
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

  /** Resolves when the last one has ended. */
  async stop(): Promise<void> {
    this.#end.abort();
    await this.#life;
  }

  async #live(): Promise<void> {
    const { cpIds, random, paceMs = PACE_MS } = this.#options;
    const underWay: Promise<void>[] = [];
    for (let next = 1; !this.#end.signal.aborted; next += 1) {
      const cpId = cpIds[Math.floor(random.between(0, cpIds.length))] as string;
      underWay.push(this.#send(cpId, `marker-${next}`));
      const pause = paceMs * random.between(0.5, 1.5);
      await delay(pause, undefined, { signal: this.#end.signal }).catch(() => undefined);
    }
    await Promise.all(underWay);
  }

  async #send(cpId: string, marker: string): Promise<void> {
    const from = performance.now();
    const end = await this.#ask(cpId, marker);
    this.sent.push({ cpId, marker, from, to: performance.now(), end });
  }

  async #ask(cpId: string, marker: string): Promise<End> {
    const { rest, token, marginMs = MARGIN_MS } = this.#options;
    try {
      const answer = await fetch(`${rest}/charge-points/${cpId}/commands/data-transfer`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ vendor_id: 'chaos', data: marker, timeout_s: TIMEOUT_S }),
        signal: AbortSignal.timeout(TIMEOUT_S * 1000 + marginMs),
      });
      const body = (await answer.json()) as { type?: unknown };
      if (answer.ok) return { kind: 'answer', status: answer.status, explicit: true };
      const isProblem = /^application\/problem\+json/.test(answer.headers.get('content-type') ?? '');
      const problem = String(body.type).split(':').at(-1) ?? '';
      return { kind: 'answer', status: answer.status, problem, explicit: isProblem };
    } catch (error) {
      const { name, message, cause } = error as Error;
      if (name === 'TimeoutError') return { kind: 'silence' };
      return { kind: 'broken', reason: `${message}: ${String(cause)}` };
    }
  }
}
