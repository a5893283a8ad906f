import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  ENGINE_NAMES,
  findRunning,
  pickFreePort,
  pickFreePorts,
  startDataPlane,
  type DataPlane,
} from '@ocpp-gw/data-plane';
import type { Watched } from '../cpu/cpu-meter.ts';
import type { BenchOptions } from '../options.ts';
import { SERVICES, engineEnvironment, environmentOf, type Addresses, type Service } from './environments.ts';
import { ServiceProcess } from './service-process.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** The whole gateway on real engines, one of each service; the mock backend is a process of its own. */
export interface Gateway {
  addresses: Addresses;
  /** Every process of it, by its name in the report. */
  watched: Watched;
  stop(): Promise<void>;
}

interface Stoppable {
  stop(): Promise<void>;
}

/** Starts everything, or leaves nothing behind. */
export async function startGateway({ profile }: Pick<BenchOptions, 'profile'>): Promise<Gateway> {
  const started: Stoppable[] = [];
  const stop = async (): Promise<void> => {
    for (const one of started.splice(0).reverse()) await one.stop();
  };
  try {
    return { ...(await startAll(started, profile)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(started: Stoppable[], profile: string | undefined): Promise<Omit<Gateway, 'stop'>> {
  const keep = <T extends Stoppable>(one: T): T => {
    started.push(one);
    return one;
  };
  const engines = keep(await startDataPlane({ name: 'bench', ports: 'random' }));
  await Promise.all(MIGRATIONS.map((script) => run(script, engineEnvironment({ engines }))));
  const addresses = await addressesOn(engines);
  const { directory } = engines;
  const mock = keep(await startMockBackend(addresses.backendUrl, directory));
  const watched: Record<string, number> = { 'mock backend': mock.pid, ...(await enginePids(engines)) };
  for (const name of SERVICES) watched[name] = keep(await startService(name, addresses, directory, profile)).pid;
  return { addresses, watched };
}

const MIGRATIONS = [
  'libs/persistence/dist/migrate.js',
  'apps/clickhouse-ingestor/dist/migrate.js',
  'libs/kafka/dist/create-topics.js',
];

async function run(script: string, env: Record<string, string>): Promise<void> {
  await promisify(execFile)(process.execPath, [resolve(ROOT, script)], { env: { PATH: process.env['PATH'], ...env } });
}

async function addressesOn(engines: DataPlane): Promise<Addresses> {
  const metrics = {} as Record<Service, number>;
  for (const name of SERVICES) metrics[name] = await pickFreePort();
  const [websocket = 0, rest = 0, grpc = 0, backend = 0] = await pickFreePorts(4);
  return {
    engines,
    ports: { websocket, rest, grpc, metrics },
    backendUrl: `http://127.0.0.1:${backend}`,
  };
}

function startMockBackend(url: string, directory: string): Promise<ServiceProcess> {
  return ServiceProcess.start({
    name: 'mock-backend',
    args: ['--conditions=@ocpp-gw/source', resolve(ROOT, 'tools/mock-backend/src/main.ts')],
    env: { MOCK_BACKEND_HOST: '127.0.0.1', MOCK_BACKEND_PORT: new URL(url).port },
    readyUrl: `${url}/_/health`,
    directory,
  });
}

function startService(
  name: Service,
  addresses: Addresses,
  directory: string,
  profile: string | undefined,
): Promise<ServiceProcess> {
  const profiling = profile
    ? ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`, `--cpu-prof-name=${name}.cpuprofile`]
    : [];
  return ServiceProcess.start({
    name,
    args: [...profiling, '--disable-warning=TimeoutNegativeWarning', resolve(ROOT, 'apps', name, 'dist/main.js')],
    // It is written at a proper end only.
    ...(profile && { stopSignal: 'SIGTERM' as const }),
    env: environmentOf(name, addresses),
    readyUrl: `http://127.0.0.1:${addresses.ports.metrics[name]}/api/v1/ready`,
    directory,
  });
}

async function enginePids({ directory }: DataPlane): Promise<Record<string, number>> {
  const found = await Promise.all(
    ENGINE_NAMES.map(async (name) => [name, (await findRunning(join(directory, name)))?.pid ?? 0] as const),
  );
  return Object.fromEntries(found);
}
