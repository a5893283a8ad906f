import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const READY_WITHIN_MS = 180_000;
/** More than the 30 s of EVEYS_OCPP_DRAIN_TIMEOUT_S. */
const DRAINED_WITHIN_MS = 40_000;
const RESTART_MS = 500;
const LOG_LENGTH = 2_000_000;

export interface ServiceOptions {
  name: string;
  script: string;
  /** Of /api/v1/ready. */
  opsPort: number;
  env: Readonly<Record<string, string>>;
}

/** From when it was to end until it was ready again; by performance.now(). */
export interface Absence {
  from: number;
  to: number;
}

/** A built service as its own process, started again whenever it ends unasked, as a cluster does. */
export class Service {
  readonly name: string;
  /** How often it ended by itself. */
  ownExits = 0;
  readonly absences: Absence[] = [];
  /** How drains ended that did not end as they should. */
  readonly uncleanDrains: string[] = [];
  readonly #options: ServiceOptions;
  #child: ChildProcess | undefined;
  #wanted = false;
  #log = '';

  constructor(options: ServiceOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** The end of what it wrote. */
  get log(): string {
    return this.#log;
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    this.#wanted = true;
    this.#spawn();
    const giveUpAt = performance.now() + READY_WITHIN_MS;
    while (!(await this.#isReady())) {
      if (performance.now() > giveUpAt)
        throw new Error(`${this.name} is not ready after ${READY_WITHIN_MS / 1000} s:\n${this.#log.slice(-4000)}`);
      await delay(100);
    }
    const absence = this.absences.at(-1);
    if (absence) absence.to = performance.now();
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** SIGTERM, as in a rolling deployment; resolves when it is gone. */
  async drain(): Promise<void> {
    // One that is not ready may be failing by itself at this very moment.
    const wasReady = await this.#isReady();
    const late = setTimeout(() => this.#child?.kill('SIGKILL'), DRAINED_WITHIN_MS);
    const ended = await this.#end('SIGTERM');
    clearTimeout(late);
    if (ended === 'SIGKILL' || (wasReady && ended !== 0)) this.uncleanDrains.push(`ended with ${ended} after SIGTERM`);
  }

  /** @returns the exit code, or the signal that it died of; 0 when it was gone already */
  async #end(signal: NodeJS.Signals): Promise<number | string> {
    this.#wanted = false;
    this.absences.push({ from: performance.now(), to: Infinity });
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return 0;
    const gone = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    child.kill(signal);
    const [code, killedBy] = await gone;
    return code ?? killedBy ?? 0;
  }

  #spawn(): void {
    const { script, opsPort, env } = this.#options;
    const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', script], {
      env: {
        PATH: process.env['PATH'],
        EVEYS_OCPP_METRICS_HOST: '127.0.0.1',
        EVEYS_OCPP_METRICS_PORT: String(opsPort),
        ...env,
      },
    });
    this.#child = child;
    const keep = (chunk: Buffer): void => void (this.#log = (this.#log + chunk.toString()).slice(-LOG_LENGTH));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('exit', () => void this.#again(child));
  }

  async #again(child: ChildProcess): Promise<void> {
    if (!this.#wanted) return;
    this.ownExits += 1;
    await delay(RESTART_MS);
    if (this.#wanted && this.#child === child) this.#spawn();
  }

  async #isReady(): Promise<boolean> {
    const url = `http://127.0.0.1:${this.#options.opsPort}/api/v1/ready`;
    return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      async (answer) => {
        await answer.body?.cancel();
        return answer.ok;
      },
      () => false,
    );
  }
}
