import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export type Answer = { result: unknown } | { error: string };

export interface ForkedOptions {
  /** Which CPUs it may use, as `taskset` takes them; any when absent. */
  cpus?: string;
  /** What it says unasked. */
  report?: (message: object) => void;
}

/** A process of ours that is asked one thing at a time. */
export class Forked {
  readonly #child: ChildProcess;

  constructor(file: string, { cpus, report }: ForkedOptions = {}) {
    this.#child = fork(file, {
      ...(cpus !== undefined && {
        execPath: 'taskset',
        execArgv: ['--cpu-list', cpus, process.execPath, ...process.execArgv],
      }),
    });
    if (report) this.#child.on('message', (message: object) => isAnswer(message) || report(message));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** @throws Error with what it says went wrong, or that it has ended */
  request(request: object): Promise<unknown> {
    if (this.#ended) return Promise.reject(new Error('the load generator has ended'));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const heard = (message: object): void => {
      if (!isAnswer(message)) return;
      if ('error' in message) reject(new Error(message.error));
      else resolve(message.result);
    };
    const ended = (): void => reject(new Error('the load generator ended'));
    this.#child.on('message', heard).once('exit', ended);
    this.#child.send(request);
    return promise.finally(() => this.#child.off('message', heard).off('exit', ended));
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
}

function isAnswer(message: object): message is Answer {
  return 'result' in message || 'error' in message;
}

/** The other side: answers each request by what `perform` makes of it, and ends with whoever asks. */
export function answerRequests<Request>(perform: (request: Request) => Promise<unknown>): void {
  process.once('disconnect', () => process.exit());
  process.on('message', (request: Request) => {
    const answer = (what: Answer): void => void process.send?.(what);
    perform(request).then(
      (result) => answer({ result: result ?? null }),
      (error: unknown) => answer({ error: String(error) }),
    );
  });
}
