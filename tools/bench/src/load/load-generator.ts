import { resolve } from 'node:path';
import type { LoadOrder, LoadResult } from './drive.ts';
import { Forked } from './forked.ts';

export type LoadRequest =
  { do: 'connect'; url: string; chargers: number } | { do: 'drive'; order: LoadOrder } | { do: 'disconnect' };

/** The chargers, in a process of their own so that what they cost is counted apart. One request at a time. */
export class LoadGenerator {
  readonly #process = new Forked(resolve(import.meta.dirname, 'main.ts'));

  get pid(): number {
    return this.#process.pid;
  }

  /** Resolves when every charger is connected, accepted, and has a transaction. */
  async connect(url: string, chargers: number): Promise<void> {
    await this.#request({ do: 'connect', url, chargers });
  }

  async drive(order: LoadOrder): Promise<LoadResult> {
    return (await this.#request({ do: 'drive', order })) as LoadResult;
  }

  async disconnect(): Promise<void> {
    await this.#request({ do: 'disconnect' });
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }

  #request(request: LoadRequest): Promise<unknown> {
    return this.#process.request(request);
  }
}
