import { access, chmod, chown, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';

import { unprivilegedAccount, type Account } from '../account.ts';
import type { Engine, Placement } from '../engine.ts';
import { buildFolder } from '../folder-building.ts';
import { run } from '../process.ts';
import { findBinaries, findHome, removeRelocatedHome } from './postgres-home.ts';

const USER = 'eveys';
const PASSWORD = 'eveys';
const DATABASE = 'eveys_ocpp';
const PROBE_TIMEOUT_MS = 3_000;

export function renderArguments(data: string, { port, durable }: Pick<Placement, 'port' | 'durable'>): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // A socket's path has a length limit that a deep clone exceeds; everybody connects by TCP.
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Safe when processes are killed, not when the machine loses power. synchronous_commit stays on always:
    // without it a killed Postgres forgets what it acknowledged, which is what the fault tests look for.
    ...(!durable && { fsync: 'off', full_page_writes: 'off' }),
  };
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function handOver(path: string, account: Account | undefined): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}

async function isInitialised(data: string): Promise<boolean> {
  return access(join(data, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

interface Initialisation {
  readonly bin: string;
  readonly durable: boolean;
  readonly account: Account | undefined;
  readonly log: string;
}

/** Makes the cluster with its user, and, without a server yet, the database. */
async function initialise(data: string, { bin, durable, account, log }: Initialisation): Promise<void> {
  const identity = account && { account };
  const passwordFile = `${data}.password`;
  await chmod(data, 0o700);
  await handOver(data, account);
  await writeFile(passwordFile, PASSWORD, { mode: 0o600 });
  await handOver(passwordFile, account);
  const locale = ['--no-locale', '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const login = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const sync = durable ? [] : ['--no-sync'];
  const single = ['--single', '-D', data, ...(durable ? [] : ['-c', 'fsync=off']), 'postgres'];
  try {
    await run({ file: join(bin, 'initdb'), args: ['-D', data, ...login, ...locale, ...sync], ...identity }, log);
    const createDatabase = `CREATE DATABASE ${DATABASE} OWNER ${USER}\n`;
    await run({ file: join(bin, 'postgres'), args: single, ...identity }, log, createDatabase);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

export const postgres: Engine = {
  name: 'postgres',
  // The fast shutdown: SIGTERM would wait for every client to leave.
  stopSignal: 'SIGINT',
  startDeadlineMs: 30_000,

  async prepare(placement) {
    const account = await unprivilegedAccount();
    const bin = join(await findBinaries(account), 'bin');
    const home = await findHome(placement.directory, account);
    const data = join(home, 'data');
    if (!(await isInitialised(data))) {
      placement.report('initialising the database cluster');
      const log = join(placement.directory, 'initialise.log');
      await buildFolder(data, (partial) => initialise(partial, { bin, durable: placement.durable, account, log }));
    }
    return { file: join(bin, 'postgres'), args: renderArguments(data, placement), ...(account && { account }) };
  },

  async check(port) {
    const client = new pg.Client({
      connectionString: postgres.url(port),
      connectionTimeoutMillis: PROBE_TIMEOUT_MS,
      query_timeout: PROBE_TIMEOUT_MS,
    });
    // A server that goes away during the probe is the probe's failure, not an uncaught error.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
    } finally {
      await client.end().catch(() => undefined);
    }
  },

  url: (port) => `postgresql://${USER}:${PASSWORD}@127.0.0.1:${port}/${DATABASE}`,

  dispose: removeRelocatedHome,
};
