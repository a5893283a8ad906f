import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export interface ReceiverPorts {
  /** Answers 204. */
  live: number;
  /** Answers 500. */
  failing: number;
  /** Accepts connections and never answers. */
  blackHole: number;
  /** Nothing listens there. */
  refusing: number;
}

export type ReceiversRequest = 'open' | 'waits' | 'forget';
export type ReceiversAnswer = { ports?: ReceiverPorts; waits?: number[] };

/** The endpoints of all subscriptions, in a process of their own. One request at a time. */
export class Receivers {
  readonly ports: ReceiverPorts;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, ports: ReceiverPorts) {
    this.#child = child;
    this.ports = ports;
  }

  static async start(): Promise<Receivers> {
    const child = fork(resolve(import.meta.dirname, 'receivers-main.ts'));
    const { ports } = await ask(child, 'open');
    return new Receivers(child, ports as ReceiverPorts);
  }

  /** From when each event was recorded to its arrival at each live endpoint, ms. */
  async waits(): Promise<number[]> {
    return (await ask(this.#child, 'waits')).waits ?? [];
  }

  /** What arrives from now on is counted. */
  async forget(): Promise<void> {
    await ask(this.#child, 'forget');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }
}

async function ask(child: ChildProcess, request: ReceiversRequest): Promise<ReceiversAnswer> {
  const answered = once(child, 'message');
  child.send(request);
  const [answer] = (await answered) as [ReceiversAnswer];
  return answer;
}
