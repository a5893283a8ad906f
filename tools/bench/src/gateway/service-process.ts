import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 30_000;

export interface ServiceStart {
  name: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  readyUrl: string;
  /** Its output goes to a file there, as to a disk in production. */
  directory: string;
  /** SIGKILL unless given: nothing here is worth a drain. */
  stopSignal?: NodeJS.Signals;
}

/** One process of the gateway, as it is deployed. */
export class ServiceProcess {
  readonly #child: ChildProcess;
  readonly #stopSignal: NodeJS.Signals;

  private constructor(child: ChildProcess, stopSignal: NodeJS.Signals) {
    this.#child = child;
    this.#stopSignal = stopSignal;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves when it is ready. */
  static async start({
    name,
    args,
    env,
    readyUrl,
    directory,
    stopSignal = 'SIGKILL',
  }: ServiceStart): Promise<ServiceProcess> {
    const logFile = join(directory, `${name}.log`);
    const log = await open(logFile, 'w');
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    const service = new ServiceProcess(child, stopSignal);
    try {
      await service.#untilReady(name, readyUrl);
    } catch (error) {
      child.kill('SIGKILL');
      const tail = (await readFile(logFile, 'utf8')).slice(-4000);
      throw new Error(`${(error as Error).message}\n${tail}`, { cause: error });
    }
    return service;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill(this.#stopSignal);
    await exit;
  }

  async #untilReady(name: string, url: string): Promise<void> {
    const giveUpAt = Date.now() + READY_WITHIN_MS;
    while (!(await isReady(url))) {
      if (this.#child.exitCode !== null) throw new Error(`${name} ended with ${this.#child.exitCode}`);
      if (Date.now() > giveUpAt) throw new Error(`${name} is not ready after ${READY_WITHIN_MS / 1000} s`);
      await sleep(100);
    }
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
