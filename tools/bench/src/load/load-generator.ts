import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { LoadOrder, LoadResult } from './drive.ts';

export type LoadRequest =
  { do: 'connect'; url: string; chargers: number } | { do: 'drive'; order: LoadOrder } | { do: 'disconnect' };

export type LoadAnswer = { result: unknown } | { error: string };

/** The chargers, in a process of their own so that what they cost is counted apart. One request at a time. */
export class LoadGenerator {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(resolve(import.meta.dirname, 'main.ts'));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
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

  async stop(): Promise<void> {
    if (this.#ended) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill();
    await exit;
  }

  get #ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #request(request: LoadRequest): Promise<unknown> {
    if (this.#ended) return Promise.reject(new Error('the load generator has ended'));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const answered = (answer: LoadAnswer): void =>
      'error' in answer ? reject(new Error(answer.error)) : resolve(answer.result);
    const ended = (): void => reject(new Error('the load generator ended'));
    this.#child.once('message', answered).once('exit', ended);
    this.#child.send(request);
    return promise.finally(() => this.#child.off('message', answered).off('exit', ended));
  }
}
