import { randomBytes } from 'node:crypto';

import { ENGINE_NAMES, type EngineName, type Placement } from './engine.ts';
import { ENGINES } from './engines/catalogue.ts';
import { pickFreePort } from './free-port.ts';
import { claim, removeInstance, removeOrphans, stopEngines, withInstanceLock } from './instance.ts';
import { ensureRunning, PortTakenError } from './lifecycle.ts';
import { DEFAULT_PORTS, type EnginePorts } from './ports.ts';
import { stopProcess } from './process.ts';
import { engineDirectory, engineLog, instanceDirectory, makeWritable } from './state.ts';

export interface DataPlaneOptions {
  /** Names the instance; a random-port instance gets a unique suffix, so that several of one name run side by side. */
  readonly name: string;
  /** The folder that holds all instances; default `<repository>/.data-plane`. */
  readonly state?: string;
  /**
   * `'random'` (the default): free ports, data removed on `stop()`. Given ports (missing ones take the engine's
   * default): a durable instance, which is attached to when it already runs and keeps its data when it stops.
   */
  readonly ports?: 'random' | Partial<EnginePorts>;
  /** Only these engines; default all four. */
  readonly only?: readonly EngineName[];
  /** Hears what each engine is doing while it starts. */
  readonly report?: (engine: EngineName, message: string) => void;
}

export interface DataPlane {
  /** The instance's folder name, with the unique suffix of a random-port instance. */
  readonly name: string;
  /** Where data and logs are: `<directory>/<engine>/<engine>.log`. */
  readonly directory: string;
  readonly ports: Readonly<Partial<EnginePorts>>;
  /** Reading the URL of an engine that `only` left out throws. */
  readonly postgresUrl: string;
  readonly redisUrl: string;
  /** `host:port`, as EVEYS_OCPP_KAFKA_BROKERS takes it. */
  readonly kafkaBrokers: string;
  readonly clickhouseUrl: string;
  /** Stops every engine; a random-port instance also removes its data. Safe to call twice. */
  stop(): Promise<void>;
  /** SIGKILL to all of one engine's processes; resolves when they are gone. */
  kill(engine: EngineName): Promise<void>;
  /** Starts a killed engine again on its port, with its data; resolves when it is healthy. */
  start(engine: EngineName): Promise<void>;
}

/** How often a random port may turn out to be taken by the time the engine binds it. */
const PORT_TRIES = 3;

interface Plan {
  readonly name: string;
  readonly directory: string;
  readonly random: boolean;
  readonly only: readonly EngineName[];
  /** Random ports are filled in, and changed, while the engines start. */
  readonly ports: Partial<Record<EngineName, number>>;
  readonly report: (engine: EngineName, message: string) => void;
}

export async function startDataPlane(options: DataPlaneOptions): Promise<DataPlane> {
  requireLinux();
  const plan = makePlan(options);
  await makeWritable(plan.directory, 'give another state folder (--state DIR)');
  if (plan.random) await claim(plan.directory);
  await removeOrphans(options.state);
  const onWait = (holder: number): void =>
    plan.only.forEach((engine) =>
      plan.report(engine, `waiting for process ${holder}, which is starting or stopping ${plan.name}`),
    );
  await withInstanceLock(plan.directory, onWait, () => startAll(plan));
  return handleOf(plan);
}

function requireLinux(): void {
  if (process.platform === 'linux') return;
  throw new Error(
    `the native data plane runs on Linux, not on ${process.platform}: use the compose data plane (make compose-up)`,
  );
}

function makePlan({
  name,
  state,
  ports = 'random',
  only = ENGINE_NAMES,
  report = () => undefined,
}: DataPlaneOptions): Plan {
  const random = ports === 'random';
  const unique = random ? `${name}-${process.pid}-${randomBytes(3).toString('hex')}` : name;
  const directory = instanceDirectory(state, unique);
  return { name: unique, directory, random, only, ports: random ? {} : { ...DEFAULT_PORTS, ...ports }, report };
}

async function startAll(plan: Plan): Promise<void> {
  const outcomes = await Promise.allSettled(plan.only.map((engine) => startOne(plan, engine)));
  const faults = outcomes.flatMap((outcome, index) =>
    outcome.status === 'rejected' ? [`${plan.only[index]} can't start: ${(outcome.reason as Error).message}`] : [],
  );
  if (faults.length === 0) return;
  // A durable instance keeps what did start: after the repair, the next start has less to do.
  if (plan.random) await removeInstance(plan.directory);
  throw new Error(faults.join('\n'));
}

async function startOne(plan: Plan, engine: EngineName): Promise<void> {
  const begun = Date.now();
  const outcome = await withRandomPort(plan, engine, () => ensureOne(plan, engine));
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  plan.report(engine, outcome === 'started' ? `ready after ${seconds} s` : 'already running');
}

async function withRandomPort<T>(plan: Plan, engine: EngineName, work: () => Promise<T>): Promise<T> {
  if (!plan.random) return work();
  for (let attempt = 1; ; attempt++) {
    plan.ports[engine] = await pickFreePort(new Set(Object.values(plan.ports)));
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === PORT_TRIES) throw error;
    }
  }
}

async function ensureOne(plan: Plan, engine: EngineName): Promise<'started' | 'already running'> {
  const placement: Placement = {
    directory: engineDirectory(plan.directory, engine),
    port: portOf(plan, engine),
    durable: !plan.random,
    report: (message) => plan.report(engine, message),
  };
  return ensureRunning(ENGINES[engine], placement, engineLog(plan.directory, engine));
}

function portOf(plan: Plan, engine: EngineName): number {
  const port = plan.only.includes(engine) ? plan.ports[engine] : undefined;
  if (port === undefined)
    throw new Error(`${engine} is not part of the data plane ${plan.name} (only: ${plan.only.join(', ')})`);
  return port;
}

function handleOf(plan: Plan): DataPlane {
  const url = (engine: EngineName): string => ENGINES[engine].url(portOf(plan, engine));
  const { name, directory, only } = plan;
  return {
    name,
    directory,
    ports: Object.fromEntries(only.map((engine) => [engine, portOf(plan, engine)])),
    get postgresUrl() {
      return url('postgres');
    },
    get redisUrl() {
      return url('redis');
    },
    get kafkaBrokers() {
      return url('kafka');
    },
    get clickhouseUrl() {
      return url('clickhouse');
    },
    async stop() {
      await (plan.random ? removeInstance(directory) : stopEngines(directory));
    },
    async kill(engine) {
      portOf(plan, engine);
      await stopProcess(engineDirectory(directory, engine), 'SIGKILL');
    },
    async start(engine) {
      portOf(plan, engine);
      await ensureOne(plan, engine);
    },
  };
}
