import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describePortHolder, pickFreePort, portIsFree } from '@ocpp-gw/data-plane';
import type { Env } from './engines.ts';
import { argsOf, type App } from './service.ts';

/** On a machine that is busy with other things, too. */
const READY_WITHIN_MS = 60_000;
const RESTART_MS = 500;
const POLL_MS = 100;
const ASK_MS = 3_000;
const LOG_LENGTH = 2_000_000;

export interface ServiceOptions {
  name: string;
  /** What is run; node when absent. */
  file?: string;
  args: readonly string[];
  /** All that it finds in its environment, besides PATH. */
  env: Env;
  /** Answers 2xx once the service can work. Nobody else may listen on its port. */
  readyUrl: string;
  /** Its output goes to a file there, as to a disk in production. */
  directory: string;
  /** Starts it again whenever it ends unasked, as a cluster does. */
  restarts?: boolean;
  readyWithinMs?: number;
}

export type AppOptions = Pick<ServiceOptions, 'directory' | 'restarts' | 'readyWithinMs'> & {
  app: App;
  env: Env;
  /** The app's when absent. */
  name?: string;
  args?: readonly string[];
};

/** A service as a process of its own. */
export class ServiceProcess {
  readonly name: string;
  /** How often it ended by itself and was started again. */
  ownExits = 0;
  readonly #options: ServiceOptions;
  readonly #logFile: string;
  #child: ChildProcess | undefined;
  #wanted = false;

  private constructor(options: ServiceOptions) {
    this.name = options.name;
    this.#options = options;
    this.#logFile = join(options.directory, `${options.name}-${new URL(options.readyUrl).port}.log`);
  }

  /** Resolves when it is ready. @throws Error with the end of its output */
  static async start(options: ServiceOptions): Promise<ServiceProcess> {
    const service = new ServiceProcess(options);
    await service.launch();
    return service;
  }

  /** As {@link start}, of an app as it was built, with its metrics on a free port. */
  static async startApp({ app, name = app, args = argsOf(app), env, ...more }: AppOptions): Promise<ServiceProcess> {
    const port = await pickFreePort();
    const metrics = { EVEYS_OCPP_METRICS_HOST: '127.0.0.1', EVEYS_OCPP_METRICS_PORT: String(port) };
    const readyUrl = `http://127.0.0.1:${port}/api/v1/ready`;
    return ServiceProcess.start({ name, args, env: { ...metrics, ...env }, readyUrl, ...more });
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get running(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** Where it tells its readiness and its metrics. */
  get opsPort(): number {
    return Number(new URL(this.#options.readyUrl).port);
  }

  /** The end of what it wrote. */
  get output(): string {
    return readFileSync(this.#logFile, 'utf8').slice(-LOG_LENGTH);
  }

  /** Starts the process, again on the same ports once it has ended, and waits until it is ready. */
  async launch(): Promise<void> {
    const { name, opsPort } = this;
    // Else whoever listens there would answer for it.
    if (!(await portIsFree(opsPort)))
      throw new Error(`${name} cannot start: port ${opsPort} is held by ${await describePortHolder(opsPort)}`);
    this.#wanted = true;
    this.#spawn();
    try {
      await this.#untilReady();
    } catch (error) {
      await this.stop('SIGKILL');
      throw new Error(`${(error as Error).message}\n${this.output.slice(-4000)}`, { cause: error });
    }
  }

  /** @returns the exit code, or the signal that it died of; null when it never ran */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    this.#wanted = false;
    const child = this.#child;
    if (!child) return null;
    if (this.running) {
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    }
    return child.exitCode ?? child.signalCode;
  }

  /** The HTTP status of its readiness. @throws when nobody answers */
  async readiness(): Promise<number> {
    const answer = await fetch(this.#options.readyUrl, { signal: AbortSignal.timeout(ASK_MS) });
    await answer.body?.cancel();
    return answer.status;
  }

  async isReady(): Promise<boolean> {
    const status = await this.readiness().catch(() => 0);
    return status >= 200 && status < 300;
  }

  async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.opsPort}/metrics`)).text();
  }

  /** The sum of a metric's samples whose labels contain `labels`, such as `lane="kafka"`. */
  async metric(name: string, labels = ''): Promise<number> {
    return sumOf(await this.metrics(), name, labels);
  }

  async #untilReady(): Promise<void> {
    const { restarts = false, readyWithinMs = READY_WITHIN_MS } = this.#options;
    const giveUpAt = performance.now() + readyWithinMs;
    while (!(await this.isReady())) {
      if (!restarts && !this.running)
        throw new Error(`${this.name} ended with ${this.#child?.exitCode ?? this.#child?.signalCode}`);
      if (performance.now() > giveUpAt) throw new Error(`${this.name} is not ready after ${readyWithinMs / 1000} s`);
      await sleep(POLL_MS);
    }
  }

  #spawn(): void {
    const { file = process.execPath, args, env, restarts = false } = this.#options;
    const log = openSync(this.#logFile, 'a');
    const child = spawn(file, args, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    if (restarts) child.once('exit', () => void this.#again(child));
  }

  async #again(child: ChildProcess): Promise<void> {
    if (!this.#wanted) return;
    this.ownExits += 1;
    await sleep(RESTART_MS);
    if (this.#wanted && this.#child === child) this.#spawn();
  }
}

/** The sum of a metric's samples whose labels contain `labels`, from the text of /metrics. */
export function sumOf(text: string, metric: string, labels = ''): number {
  return (
    text
      .split('\n')
      .filter((line) => (line.startsWith(`${metric}{`) || line.startsWith(`${metric} `)) && line.includes(labels))
      // What follows a hash names a trace.
      .map((line) => line.split(' # ')[0] ?? '')
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
  );
}
