import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import { ask, type Request } from './ask.ts';
import { nameOfEnd, type Ask, type End } from './facts.ts';

/** A caller that hears the same problem so often takes it for the end. */
const BELIEVED_AFTER = 3;
/** Long after every deadline; whoever has heard nothing certain by then complains. */
const GIVE_UP_MS = 90_000;
/** How many callers a command has at once; most have one. */
const CROWD = [2, 5] as const;
const CROWDED = 0.3;
/** How often a command is asked for after its answer, and within which time. */
const REPEATS = [6, 14] as const;
const REPEATED_WITHIN_MS = 15_000;

/** Says that the command has not ended, or does not say how. */
const UNSETTLED = new Set(['dependency-unavailable', 'answer-lost', 'command-running', 'internal-error']);

/** Whether the answer says how the command ended. */
export function isSettled(end: End): boolean {
  return end.kind === 'answer' && end.explicit && !UNSETTLED.has(end.problem ?? '');
}

export interface CallerOptions {
  request: Request;
  random: Random;
  /** Greatest pause before it asks again when it has no answer yet. */
  backoffMs: number;
  /** From when on it does not wait before it asks for what it knows. */
  hurry: AbortSignal;
}

/** Asks for one command as good backends do: until it has an answer, of another command-api each time, always with the same key. */
export class Caller {
  readonly asks: Ask[] = [];
  readonly #options: CallerOptions;

  constructor(options: CallerOptions) {
    this.#options = options;
  }

  /** Some are several at once, and all ask again some times after the answer. */
  async run(): Promise<void> {
    const callers = this.#options.random.chance(CROWDED) ? this.#whole(CROWD) : 1;
    await Promise.all(Array.from({ length: callers }, () => this.#insist()));
    const repeats = this.#whole(REPEATS);
    const pauseMs = REPEATED_WITHIN_MS / repeats;
    for (let left = repeats; left > 0; left -= 1) {
      await this.#pause(pauseMs * this.#options.random.between(0, 2));
      await Promise.all(Array.from({ length: this.#options.random.chance(CROWDED) ? 2 : 1 }, () => this.#insist()));
    }
  }

  async #insist(): Promise<void> {
    const giveUpAt = performance.now() + GIVE_UP_MS;
    const { request, random, backoffMs } = this.#options;
    const { urls } = request;
    let heard: string | undefined;
    let times = 0;
    for (let api = this.#whole([0, urls.length]); performance.now() < giveUpAt; api = (api + 1) % urls.length) {
      const { end } = await this.#ask(api);
      const name = nameOfEnd(end);
      times = name === heard ? times + 1 : 1;
      heard = name;
      if (isSettled(end) && (isAnswerOrRefusal(end) || times >= BELIEVED_AFTER)) return;
      await delay(backoffMs * random.between(0.1, 1));
    }
  }

  async #ask(api: number): Promise<Ask> {
    const asked = await ask(this.#options.request, api);
    this.asks.push(asked);
    return asked;
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#options.hurry }).catch(() => undefined);
  }

  #whole([from, to]: readonly [number, number]): number {
    return Math.floor(this.#options.random.between(from, to));
  }
}

/** Nobody repeats what was answered, or was refused for what it is. */
function isAnswerOrRefusal(end: End): boolean {
  return end.kind === 'answer' && end.status < 500;
}
