import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pickFreePort } from '@ocpp-gw/data-plane';

export const ROOT = resolve(import.meta.dirname, '../../..');

/** On a machine that is busy with other things, too. */
const READY_WITHIN_MS = 60_000;

/** A built service as its own process, as it is deployed. */
export class ServiceProcess {
  readonly name: string;
  readonly opsPort: number;
  private readonly env: Record<string, string>;
  private child: ChildProcess | undefined;
  private log = '';

  private constructor(name: string, opsPort: number, env: Record<string, string>) {
    this.name = name;
    this.opsPort = opsPort;
    this.env = env;
  }

  /** Starts `apps/<app>` and waits until it is ready. */
  static async start(app: string, env: Record<string, string>): Promise<ServiceProcess> {
    const service = new ServiceProcess(app, await pickFreePort(), env);
    await service.launch();
    return service;
  }

  /** Starts the process, again on the same ports once it has ended, and waits until it is ready. */
  async launch(): Promise<void> {
    const child = spawn(
      process.execPath,
      ['--disable-warning=TimeoutNegativeWarning', resolve(ROOT, 'apps', this.name, 'dist/main.js')],
      {
        env: {
          PATH: process.env['PATH'],
          EVEYS_OCPP_METRICS_HOST: '127.0.0.1',
          EVEYS_OCPP_METRICS_PORT: String(this.opsPort),
          ...this.env,
        },
      },
    );
    this.child = child;
    const keep = (chunk: Buffer): void => void (this.log = (this.log + chunk.toString()).slice(-200_000));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    try {
      await until(
        `${this.name} to be ready`,
        async () => {
          if (child.exitCode !== null) throw new Fatal(`${this.name} exited with ${child.exitCode}`);
          const answer = await fetch(`http://127.0.0.1:${this.opsPort}/api/v1/ready`);
          if (!answer.ok) throw new Error(`readiness ${answer.status}: ${await answer.text()}`);
        },
        READY_WITHIN_MS,
      );
    } catch (error) {
      child.kill('SIGKILL');
      throw new Error(`${String(error)}\n${this.log.slice(-4000)}`);
    }
  }

  get output(): string {
    return this.log;
  }

  get running(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** The HTTP status of its readiness. */
  async readiness(): Promise<number> {
    return (await fetch(`http://127.0.0.1:${this.opsPort}/api/v1/ready`)).status;
  }

  async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.opsPort}/metrics`)).text();
  }

  /** @returns the exit code, null when the signal killed it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const { child } = this;
    if (!child || !this.running) return child?.exitCode ?? null;
    const exit = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await exit)[0];
  }
}

class Fatal extends Error {}

/** Repeats `probe` until it stops throwing; after 25 s its last error is thrown. */
export async function until<T>(what: string, probe: () => Promise<T>, timeoutMs = 25_000): Promise<T> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (error instanceof Fatal || Date.now() > giveUpAt)
        throw new Error(`waited for ${what}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}
