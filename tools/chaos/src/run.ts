import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { differences } from './books/checker.ts';
import type { Books, Difference } from './books/facts.ts';
import { readKept } from './books/read.ts';
import { keepEvidence } from './evidence.ts';
import { Injector, type Victim } from './faults/injector.ts';
import { planFaults, type Target } from './faults/plan.ts';
import { Fleet } from './fleet/fleet.ts';
import { BREAKAGES, type Breakage } from './gateway/breakages.ts';
import { freezeBuild } from './gateway/frozen-build.ts';
import { SERVICE_NAMES, startGateway, type Gateway } from './gateway/gateway.ts';
import { Random } from './random.ts';
import type { Outcome } from './report.ts';

const METER_PACE_MS = 2_000;
/** How long everything may take, once healed, to be acknowledged, and then to be where it belongs. */
const PATIENCE_MS = 120_000;
const POLL_MS = 2_000;
const CUT_SHARE = 0.3;

export interface RunOptions {
  seed: number;
  seconds: number;
  chargers: number;
  /** Where chargers connect instead of the pods themselves. */
  via?: string;
  break?: Breakage;
  targets?: readonly Target[];
  /** A run that is to fail need not wait for a balance that cannot come. */
  patienceMs?: number;
  report: (message: string) => void;
}

/** Starts everything, breaks it for a while, heals it, and compares the books. */
export async function run(options: RunOptions): Promise<Outcome> {
  const begun = performance.now();
  const report = (message: string): void =>
    options.report(`${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${message}`);
  const interrupted = interruption();
  // Heard only once the gateway runs; until then it is just noted.
  interrupted.catch(() => undefined);
  const build = await freezeBuild(options.break ? BREAKAGES[options.break] : []);
  try {
    report('starting engines, services and the backend');
    const gateway = await startGateway(build);
    try {
      return await Promise.race([stir(gateway, options, report), interrupted]);
    } finally {
      await gateway.stop();
    }
  } finally {
    await build.remove();
  }
}

/** Rejects when somebody wants to stop us: what was started must not outlive us. */
async function interruption(): Promise<never> {
  const signal = await Promise.race(['SIGINT', 'SIGTERM'].map((name) => once(process, name).then(() => name)));
  throw new Error(`stopped by ${signal}`);
}

async function stir(gateway: Gateway, options: RunOptions, report: (message: string) => void): Promise<Outcome> {
  const { seed, seconds, chargers, via, targets, patienceMs = PATIENCE_MS } = options;
  const durationMs = seconds * 1000;
  const fleet = new Fleet({ chargers, urls: via ? [via] : gateway.edgeUrls, seed, paceMs: METER_PACE_MS });
  const injector = new Injector(victimsOf(gateway, fleet, new Random(seed)), report);
  try {
    report(`${chargers} chargers connect`);
    await fleet.start();
    await injector.run(planFaults({ seed, durationMs, ...(targets ? { targets } : {}) }), durationMs);
    report('all healed: the chargers end their sessions');
    const healed = performance.now();
    await fleet.finish(patienceMs);
    report('the books are compared');
    const { books, found } = await balance(gateway, fleet, patienceMs);
    if (found.length > 0) report(`evidence: ${await keepEvidence(found, Object.values(gateway.services))}`);
    return {
      seed,
      chargers,
      chaosMs: durationMs,
      settledMs: performance.now() - healed,
      acknowledged: books.acknowledged,
      differences: found,
      faults: injector.counts,
      ownExits: new Map(SERVICE_NAMES.map((name) => [name, gateway.services[name].ownExits])),
      retries: fleet.retries,
      reconnects: fleet.reconnects,
      worstAwayMs: fleet.worstAwayMs,
    };
  } finally {
    await fleet.stop();
  }
}

function victimsOf({ dataPlane, services, wire }: Gateway, fleet: Fleet, random: Random): Record<Target, Victim> {
  const engine = (name: 'postgres' | 'redis' | 'kafka' | 'clickhouse'): Victim => ({
    kill: () => dataPlane.kill(name),
    start: () => dataPlane.start(name),
  });
  return {
    ...services,
    postgres: engine('postgres'),
    redis: engine('redis'),
    kafka: engine('kafka'),
    clickhouse: engine('clickhouse'),
    backend: { kill: () => wire.cut(), start: () => wire.mend() },
    chargers: { kill: async () => fleet.cut(CUT_SHARE, random), start: async () => undefined },
  };
}

/** Looks again and again until nothing differs twice in a row: what comes double may come late. */
async function balance(
  gateway: Gateway,
  fleet: Fleet,
  patienceMs: number,
): Promise<{ books: Books; found: Difference[] }> {
  const cpIds = fleet.chargers.map(({ cpId }) => cpId);
  const giveUpAt = performance.now() + patienceMs;
  let balanced = 0;
  for (;;) {
    const over = performance.now() > giveUpAt;
    const { books } = fleet;
    try {
      const found = differences(books, await readKept(gateway, cpIds));
      balanced = found.length === 0 ? balanced + 1 : 0;
      if (balanced === 2 || over) return { books, found };
    } catch (error) {
      if (over) throw error;
    }
    await delay(POLL_MS);
  }
}
