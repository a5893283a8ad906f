import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BARE } from '../bench.ts';
import { startBenchGateway } from '../gateway/gateway.ts';
import { LoadGenerator } from '../load/load-generator.ts';
import type { MemoryBenchOptions } from './options.ts';
import { PROBE_FLAGS, Probed, type Memory } from './probed.ts';
import type { MemoryByServer } from './report.ts';

/** So many come and go before anything is counted: compilers, pools and caches have what they hold. */
const WARM_UP = { chargers: 200, seconds: 5 };
const SETTLE_MS = 10_000;

interface Server {
  pid: number;
  url: string;
}

interface Surroundings {
  options: MemoryBenchOptions;
  folder: string;
  say: (what: string) => void;
}

/** Bytes of one idle connection of each server. */
export async function measureMemory(options: MemoryBenchOptions, say: Surroundings['say']): Promise<MemoryByServer> {
  const folder = await mkdtemp(join(tmpdir(), 'ocpp-gw-bench-memory-'));
  const surroundings = { options, folder, say };
  try {
    return new Map([
      [BARE.name, await measureBare(surroundings)],
      ['ws-edge', await measureEdge(surroundings)],
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measureBare(surroundings: Surroundings): Promise<Memory> {
  const server = fork(BARE.file, {
    execArgv: [...process.execArgv, ...PROBE_FLAGS],
    env: { ...process.env, BENCH_PROBE: surroundings.folder },
  });
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }];
    return await ofConnection({ pid: server.pid ?? 0, url: `ws://127.0.0.1:${port}` }, surroundings);
  } finally {
    server.kill('SIGKILL');
  }
}

async function measureEdge(surroundings: Surroundings): Promise<Memory> {
  const { say, folder, options } = surroundings;
  say('starting engines and services');
  const gateway = await startBenchGateway({
    edgeFlags: [...PROBE_FLAGS, ...options.flags],
    edgeEnv: {
      BENCH_PROBE: folder,
      ...(options.snapshots !== undefined && { BENCH_SNAPSHOTS: resolve(options.snapshots) }),
    },
  });
  try {
    return await ofConnection({ pid: gateway.services['ws-edge'].pid, url: gateway.edgeUrl }, surroundings);
  } finally {
    await gateway.stop();
  }
}

async function ofConnection(
  { pid, url }: Server,
  { options: { chargers, seconds }, folder, say }: Surroundings,
): Promise<Memory> {
  const server = new Probed(pid, folder);
  const generator = new LoadGenerator();
  try {
    say(`${url}: warming up`);
    await generator.connect(url, WARM_UP.chargers);
    await generator.drive({ workload: 'session', seconds: WARM_UP.seconds });
    await generator.disconnect();
    await sleep(SETTLE_MS);
    const before = await server.memory();
    say(`${url}: connecting`);
    await generator.connect(url, chargers);
    say(`${url}: ${chargers} chargers are silent`);
    await sleep(seconds * 1000);
    const after = await server.memory();
    const each = (of: keyof Memory): number => (after[of] - before[of]) / chargers;
    return { heap: each('heap'), external: each('external'), committed: each('committed'), resident: each('resident') };
  } finally {
    await generator.stop();
  }
}
