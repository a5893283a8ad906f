import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Redis } from 'ioredis';

import type { Engine, Placement } from '../engine.ts';
import { findExecutable } from '../executable.ts';
import { fetchFromMaven, type Download } from '../maven.ts';

const PROBE_TIMEOUT_MS = 2_000;

/** 6.2 is the oldest that has all commands in use (GETDEL, GETEX, SET ... GET). */
const OLDEST: readonly [number, number] = [6, 2];

export const REDIS_DOWNLOAD: Download = {
  key: 'redis-6.2-embedded-1.4.3',
  title: 'Redis 6.2',
  dependencies: ['com.github.codemonstur:embedded-redis:1.4.3'],
  goal: 'unpack-dependencies',
  properties: { 'mdep.unpack.includes': 'redis-server-*-linux-*', excludeTransitive: 'true' },
};

/** `Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=...` */
export function isRecentEnough(versionLine: string): boolean {
  const match = /\bv=(\d+)\.(\d+)/.exec(versionLine);
  if (!match) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

export function pickBinary(files: readonly string[], architecture: string): string | undefined {
  const suffix = { x64: 'linux-amd64', arm64: 'linux-arm64', ia32: 'linux-386' }[architecture];
  return suffix && files.find((file) => file.endsWith(suffix));
}

export function renderArguments({ directory, port, durable }: Placement): string[] {
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir: join(directory, 'data'),
    daemonize: 'no',
    // A throw-away instance that is killed comes back empty: the harder case, and the one worth testing.
    appendonly: durable ? 'yes' : 'no',
    save: '',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

/** What the machine has, if it is new enough. */
export async function findInstalledRedis(): Promise<string | undefined> {
  const installed = await findExecutable('redis-server');
  if (!installed) return undefined;
  const { stdout } = await promisify(execFile)(installed, ['--version']).catch(() => ({ stdout: '' }));
  return isRecentEnough(stdout) ? installed : undefined;
}

async function findBinary(report: (message: string) => void): Promise<string> {
  const installed = await findInstalledRedis();
  if (installed) return installed;
  const folder = await fetchFromMaven(REDIS_DOWNLOAD, report);
  const binary = pickBinary(await readdir(folder), arch());
  if (!binary) {
    throw new Error(
      `there is no prebuilt Redis for ${arch()}: install Redis 6.2 or newer (apt-get install -y redis-server)`,
    );
  }
  const path = join(folder, binary);
  await chmod(path, 0o755);
  return path;
}

export const redis: Engine = {
  name: 'redis',
  stopSignal: 'SIGTERM',
  startDeadlineMs: 20_000,

  async prepare(placement) {
    const file = await findBinary(placement.report);
    await mkdir(join(placement.directory, 'data'), { recursive: true });
    return { file, args: renderArguments(placement) };
  },

  async check(port) {
    const client = new Redis({
      host: '127.0.0.1',
      port,
      lazyConnect: true,
      connectTimeout: PROBE_TIMEOUT_MS,
      commandTimeout: PROBE_TIMEOUT_MS,
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
    });
    // The failure reaches the caller through the rejected promise; without a listener it would be printed as well.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.ping();
    } finally {
      client.disconnect();
    }
  },

  url: (port) => `redis://127.0.0.1:${port}/0`,
};
