import { fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { idleOf, spentBy, type Spent, type Watched } from './cpu/cpu-meter.ts';
import { measureDispatch, type Dispatch } from './dispatch.ts';
import { startBenchGateway, type BenchGateway } from './gateway/gateway.ts';
import { Settling } from './gateway/settling.ts';
import type { LoadOrder, LoadResult } from './load/drive.ts';
import { LoadGenerator } from './load/load-generator.ts';
import { identitiesOf, WORKLOADS, type WorkloadName } from './load/workloads.ts';
import type { BenchOptions } from './options.ts';
import { framesOf, record, type RecordedFrames } from './recording.ts';

/** One run of load on one server. */
export interface Run {
  workload: WorkloadName;
  loop: 'closed' | 'open';
  load: LoadResult;
  /** Seconds of CPU by process, over `seconds`: the load and, of the gateway, what it leaves to do after it. */
  spent: Spent;
  seconds: number;
}

/** The same load on a server beside ours. */
export interface Beside {
  name: string;
  runs: Run[];
}

export interface Measured {
  beside: Beside[];
  gateway: Run[];
  /** The session in an open loop with each frame recorded; absent when one workload is looked at. */
  recording?: { run: Run; frames: RecordedFrames };
  /** Seconds of CPU a second, by process, with the chargers connected and silent. */
  idle: Spent;
  dispatch: Dispatch;
}

export const BARE = { name: 'ws + JSON.parse', file: resolve(import.meta.dirname, 'echo-server.ts') };
/** Servers that do less than ours, from the least on. */
const PEERS = [BARE, { name: 'ocpp-rpc', file: resolve(import.meta.dirname, 'ocpp-rpc-server.ts') }];
export const GENERATOR = 'load generator';
/** Compilers, pools and caches are warm before anything is counted; the JVM of Kafka takes longest. */
const WARM_UP_SECONDS = { peer: 4, gateway: 12 };
const IDLE_SECONDS = 5;

type Say = (what: string) => void;

/** Stops all that it started, also when it is interrupted. */
export async function measure(options: BenchOptions, say: Say, interruption: AbortSignal): Promise<Measured> {
  const generator = new LoadGenerator();
  // Whatever is being measured waits for the load: without it, it ends.
  interruption.addEventListener('abort', () => void generator.stop());
  try {
    const beside: Beside[] = [];
    for (const peer of PEERS) beside.push(await measurePeer(peer, generator, options, say));
    say('gateway: starting engines and services');
    const gateway = await startBenchGateway(options);
    try {
      return { beside, ...(await measureGateway(generator, gateway, options, say)) };
    } finally {
      await gateway.stop();
    }
  } finally {
    await generator.stop();
  }
}

async function measurePeer(
  { name, file }: typeof BARE,
  generator: LoadGenerator,
  options: BenchOptions,
  say: Say,
): Promise<Beside> {
  const server = fork(file);
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }];
    await generator.connect(`ws://127.0.0.1:${port}`, options.chargers);
    await generator.drive({ workload: 'session', seconds: WARM_UP_SECONDS.peer });
    const watched = { [name]: server.pid ?? 0, [GENERATOR]: generator.pid };
    const runs: Run[] = [];
    for (const order of orders(options)) runs.push(await run(name, generator, order, watched, say));
    await generator.disconnect();
    return { name, runs };
  } finally {
    server.kill('SIGKILL');
  }
}

async function measureGateway(
  generator: LoadGenerator,
  gateway: BenchGateway,
  options: BenchOptions,
  say: Say,
): Promise<Omit<Measured, 'beside'>> {
  const watched = { ...gateway.watched(), [GENERATOR]: generator.pid };
  const settling = new Settling(gateway);
  await settling.start();
  try {
    await generator.connect(gateway.edgeUrl, options.chargers);
    say('gateway: warming up');
    await generator.drive({ workload: 'session', seconds: WARM_UP_SECONDS.gateway });
    await settling.settle();
    await settling.analyse();
    const runOf = (server: string, order: LoadOrder): Promise<Run> =>
      run(server, generator, order, watched, say, () => settling.settle());
    const runs: Run[] = [];
    for (const order of orders(options)) runs.push(await runOf('gateway', order));
    const idle = await idleOf(watched, IDLE_SECONDS);
    const dispatch = await measureDispatch(gateway, 'BENCH-0001');
    if (options.only) return { gateway: runs, idle, dispatch };
    const { seconds, rate, chargers } = options;
    await record(gateway, identitiesOf(chargers));
    const recorded = await runOf('gateway, recorded', { workload: 'session', seconds, perSecond: rate });
    const secrets = await runOf('gateway, recorded', { workload: 'DataTransfer', seconds, perSecond: rate });
    const frames = await framesOf(gateway, recorded.load.messages + secrets.load.messages);
    return { gateway: runs, idle, dispatch, recording: { run: recorded, frames } };
  } finally {
    await settling.stop();
  }
}

function orders({ seconds, rate, only, open }: BenchOptions): LoadOrder[] {
  if (only) return [{ workload: only, seconds, ...(open && { perSecond: rate }) }];
  const closed = (Object.keys(WORKLOADS) as WorkloadName[]).map((workload) => ({ workload, seconds }));
  return [...closed, { workload: 'session', seconds, perSecond: rate }];
}

async function run(
  server: string,
  generator: LoadGenerator,
  order: LoadOrder,
  watched: Watched,
  say: Say,
  settle: () => Promise<void> = async () => undefined,
): Promise<Run> {
  const loop = order.perSecond === undefined ? 'closed' : 'open';
  const { result, spent, seconds } = await spentBy(watched, async () => {
    const load = await generator.drive(order);
    await settle();
    return load;
  });
  say(`${server}: ${order.workload}, ${loop} loop: ${result.messages} messages in ${result.seconds.toFixed(1)} s`);
  return { workload: order.workload, loop, load: result, spent, seconds };
}
