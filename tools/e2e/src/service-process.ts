import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../..');

/** A built service as its own process, as it is deployed. */
export class ServiceProcess {
  readonly name: string;
  readonly opsPort: number;
  private readonly child: ChildProcess;
  private log = '';

  private constructor(name: string, opsPort: number, child: ChildProcess) {
    this.name = name;
    this.opsPort = opsPort;
    this.child = child;
    const keep = (chunk: Buffer): void => void (this.log = (this.log + chunk.toString()).slice(-200_000));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  /** Starts `apps/<app>` and waits until it is ready. */
  static async start(app: string, env: Record<string, string>): Promise<ServiceProcess> {
    const opsPort = await freePort();
    const child = spawn(
      process.execPath,
      ['--disable-warning=TimeoutNegativeWarning', resolve(ROOT, 'apps', app, 'dist/main.js')],
      {
        env: {
          PATH: process.env['PATH'],
          EVEYS_OCPP_METRICS_HOST: '127.0.0.1',
          EVEYS_OCPP_METRICS_PORT: String(opsPort),
          ...env,
        },
      },
    );
    const service = new ServiceProcess(app, opsPort, child);
    try {
      await until(`${app} to be ready`, async () => {
        if (child.exitCode !== null) throw new Fatal(`${app} exited with ${child.exitCode}`);
        const answer = await fetch(`http://127.0.0.1:${opsPort}/api/v1/ready`);
        if (!answer.ok) throw new Error(`readiness ${answer.status}: ${await answer.text()}`);
      });
    } catch (error) {
      child.kill('SIGKILL');
      throw new Error(`${String(error)}\n${service.log.slice(-4000)}`);
    }
    return service;
  }

  get output(): string {
    return this.log;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.opsPort}/metrics`)).text();
  }

  /** @returns the exit code, null when the signal killed it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!this.running) return this.child.exitCode;
    const exit = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill(signal);
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

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
