import { readFile } from 'node:fs/promises';
import { pickFreePort } from '@ocpp-gw/data-plane';
import { ServiceProcess } from '@ocpp-gw/rig';
import type { Env } from '@ocpp-gw/rig/settings';
import { output } from '../run.ts';
import { readProcess, type ProcessFacts } from './process-facts.ts';

export interface RunOptions {
  image: string;
  /** Of the container. */
  name: string;
  env: Env;
  /** Other than what the image runs by itself. */
  command?: readonly string[];
  /** The OCI runtime; podman's own choice when absent. */
  runtime?: string;
  /** How many files it may have open. */
  files: number;
}

/** Podman with what a cluster with restricted pods gives a container: no privilege, no write access, no root. */
export function runArguments({ image, name, env, command = [], runtime, files }: RunOptions): string[] {
  return [
    ...(runtime ? ['--runtime', runtime] : []),
    ...['run', '--rm', '--name', name, '--pull=never', '--network=host'],
    ...['--read-only', '--read-only-tmpfs=false', '--cap-drop=all', '--security-opt=no-new-privileges'],
    ...[`--ulimit=nofile=${files}:${files}`, '--ulimit=nproc=4096:4096'],
    // The values come from the environment of podman: a list of processes does not show them.
    ...Object.keys(env).flatMap((variable) => ['--env', variable]),
    image,
    ...command,
  ];
}

/** Runs a job to its end. @returns what it prints @throws Error with its output */
export async function runJob(options: RunOptions): Promise<string> {
  const env = { ...podmanEnv(), ...options.env };
  return (await output('podman', runArguments(options), { env })).trim();
}

/** A service in a container. */
export class Container {
  readonly name: string;
  readonly bootMs: number;
  readonly #process: ServiceProcess;

  private constructor(name: string, process: ServiceProcess, bootMs: number) {
    this.name = name;
    this.#process = process;
    this.bootMs = bootMs;
  }

  /** Resolves when it is ready. @param directory where its output goes */
  static async start(options: RunOptions, directory: string): Promise<Container> {
    const port = await pickFreePort();
    const env = { ...options.env, EVEYS_OCPP_METRICS_HOST: '127.0.0.1', EVEYS_OCPP_METRICS_PORT: String(port) };
    const startedAt = performance.now();
    try {
      const process = await ServiceProcess.start({
        ...{ name: options.name, file: 'podman', directory },
        args: runArguments({ ...options, env }),
        env: { ...podmanEnv(), ...env },
        readyUrl: `http://127.0.0.1:${port}/api/v1/ready`,
      });
      return new Container(options.name, process, performance.now() - startedAt);
    } catch (error) {
      await remove(options.name);
      throw error;
    }
  }

  get output(): string {
    return this.#process.output;
  }

  async facts(): Promise<ProcessFacts> {
    return readProcess(Number(await output('podman', ['inspect', '--format', '{{.State.Pid}}', this.name])));
  }

  /** The exit code of a command in it. */
  exec(command: readonly string[]): Promise<string> {
    return output('podman', ['exec', this.name, ...command]);
  }

  /** Ends it; podman passes the signal on. @returns its exit code, and how long it took */
  async drain(): Promise<{ code: number | NodeJS.Signals | null; ms: number }> {
    const startedAt = performance.now();
    const code = await this.#process.stop('SIGTERM');
    return { code, ms: performance.now() - startedAt };
  }

  /** Whatever state it is in. */
  async stop(): Promise<void> {
    await remove(this.name);
    await this.#process.stop('SIGKILL');
  }
}

async function remove(name: string): Promise<void> {
  await output('podman', ['rm', '--force', '--ignore', '--time', '0', name]);
}

/** What podman needs to find its own storage. */
function podmanEnv(): Env {
  const names = ['PATH', 'HOME', 'XDG_RUNTIME_DIR', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'CONTAINERS_CONF'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** How many files this process may let others have open. */
export async function openFilesLimit(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'utf8');
  const [, hard = '1024'] = /^Max open files\s+\S+\s+(\S+)/m.exec(limits) ?? [];
  return hard === 'unlimited' ? 1_048_576 : Number(hard);
}
