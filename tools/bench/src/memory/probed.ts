import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What a process holds, bytes: the heap and what is outside of it after a collection, what V8 has taken for the heap and
 * what is resident before one.
 */
export interface Memory {
  heap: number;
  external: number;
  committed: number;
  resident: number;
}

const POLL_MS = 100;
const GIVE_UP_MS = 120_000;

/** Makes node load the probe. */
export const PROBE_FLAGS = ['--expose-gc', '--import', resolve(import.meta.dirname, 'probe.ts')];

/** Asks a process with the probe. */
export class Probed {
  readonly #pid: number;
  readonly #folder: string;
  #asked = 0;

  constructor(pid: number, folder: string) {
    this.#pid = pid;
    this.#folder = folder;
  }

  /** @throws Error when it does not answer */
  async memory(): Promise<Memory> {
    this.#asked += 1;
    process.kill(this.#pid, 'SIGUSR2');
    const answer = join(this.#folder, `${this.#pid}-${this.#asked}.json`);
    for (const endsAt = performance.now() + GIVE_UP_MS; performance.now() < endsAt; await sleep(POLL_MS)) {
      const text = await readFile(answer, 'utf8').catch(() => null);
      if (text !== null) return JSON.parse(text) as Memory;
    }
    throw new Error(`process ${this.#pid} did not say what it holds`);
  }
}
