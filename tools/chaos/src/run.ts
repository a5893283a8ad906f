import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { differences } from './reconciliation/checker.ts';
import type { ChargerRecords, Difference } from './reconciliation/facts.ts';
import { misbehavingDifferences, without } from './reconciliation/misbehaving.ts';
import { PublishedEvents } from './reconciliation/published.ts';
import { readKept } from './reconciliation/read.ts';
import { commandDifferences } from './commands/checker.ts';
import { countedEnds, countedRetries } from './commands/facts.ts';
import { readCommands } from './commands/read.ts';
import { CommandTrickle } from './commands/trickle.ts';
import { keepEvidence } from './evidence.ts';
import { Injector } from './faults/injector.ts';
import { TARGETS, planFaults, type Target } from './faults/plan.ts';
import { victimsOf } from './faults/victims.ts';
import { Fleet, identities } from './fleet/fleet.ts';
import { BREAKAGES, type Breakage } from './gateway/breakages.ts';
import { freezeBuild } from './gateway/frozen-build.ts';
import { SERVICE_NAMES, TOKEN, startChaosGateway, type ChaosGateway } from './gateway/gateway.ts';
import { Random } from './random.ts';
import type { Outcome } from './report.ts';

const METER_PACE_MS = 2_000;
/** How long everything may take, once healed, to be acknowledged, and then to be where it belongs. */
const LONGEST_WAIT_MS = 120_000;
const POLL_MS = 2_000;
/** Of the commands, how many have an idempotency key: their callers ask again. */
const KEYED = 0.9;

export interface RunOptions {
  seed: number;
  seconds: number;
  chargers: number;
  /** Of the chargers, how many misbehave: 0 to 1. */
  misbehaving: number;
  /** Chargers connect to the pods themselves, without Envoy. */
  direct?: boolean;
  break?: Breakage;
  targets?: readonly Target[];
  /** A run that is to fail need not wait for an agreement that cannot come. */
  timeoutMs?: number;
  report: (message: string) => void;
}

/** Starts everything, breaks it for a while, heals it, and compares the records. */
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
    const gateway = await startChaosGateway({ build, direct: options.direct ?? false });
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

async function stir(gateway: ChaosGateway, options: RunOptions, report: (message: string) => void): Promise<Outcome> {
  const { seed, seconds, chargers, misbehaving, timeoutMs = LONGEST_WAIT_MS } = options;
  const durationMs = seconds * 1000;
  const targets = (options.targets ?? TARGETS).filter((target) => target !== 'envoy' || gateway.envoy);
  const cpIds = identities('CHAOS-', chargers);
  const fleet = new Fleet({ cpIds, access: gateway.access, seed, paceMs: METER_PACE_MS, misbehaving });
  const random = new Random(seed);
  const trickle = new CommandTrickle({ urls: gateway.rests, token: TOKEN, cpIds, random, keyed: KEYED });
  const injector = new Injector(victimsOf(gateway, fleet, new Random(seed)), report);
  try {
    report(`${chargers} chargers connect`);
    await fleet.start();
    trickle.start();
    await injector.run(planFaults({ seed, durationMs, targets }), durationMs);
    report('all healed: the chargers end their sessions');
    const healed = performance.now();
    await fleet.finish(timeoutMs);
    await trickle.stop();
    report('the records are compared');
    const { records, found } = await reconcile({ gateway, fleet, trickle }, timeoutMs);
    if (found.length > 0) report(`evidence: ${await keepEvidence(found, gateway)}`);
    return {
      seed,
      chargers,
      misbehaving: fleet.misbehaving.length,
      misbehavingSessions: fleet.truth.filter(({ kind }) => kind === 'session').length,
      chaosMs: durationMs,
      settledMs: performance.now() - healed,
      acknowledged: records.acknowledged,
      differences: found,
      commands: trickle.sent.length,
      commandRetries: countedRetries(trickle.sent),
      commandEnds: countedEnds(trickle.sent),
      faults: injector.counts,
      ownExits: new Map(SERVICE_NAMES.map((name) => [name, gateway.services[name].ownExits])),
      retries: fleet.retries,
      refusals: fleet.refusals,
      reconnects: fleet.reconnects,
      worstAwayMs: fleet.worstAwayMs,
    };
  } finally {
    await Promise.all([trickle.stop(), fleet.stop()]);
  }
}

interface Parties {
  gateway: ChaosGateway;
  fleet: Fleet;
  trickle: CommandTrickle;
}

/** Looks again and again until nothing differs twice in a row: what comes double may come late. */
async function reconcile(
  { gateway, fleet, trickle }: Parties,
  timeoutMs: number,
): Promise<{ records: ChargerRecords; found: Difference[] }> {
  const cpIds = fleet.chargers.map(({ cpId }) => cpId);
  const misbehaving = fleet.misbehaving.map(({ cpId }) => cpId);
  const published = new PublishedEvents(gateway.dataPlane.kafkaBrokers);
  await published.start();
  try {
    const giveUpAt = performance.now() + timeoutMs;
    let agreed = 0;
    for (;;) {
      const over = performance.now() > giveUpAt;
      const { records } = fleet;
      try {
        const found = [
          ...differences(records, without(await readKept(gateway, cpIds, published.seen), new Set(misbehaving))),
          ...(await misbehavingDifferences(gateway, misbehaving, fleet.truth)),
          ...commandDifferences({
            sent: trickle.sent,
            received: fleet.transferred,
            kept: await readCommands(gateway.rests[0], TOKEN),
            absences: [gateway.services['api-a'].absences, gateway.services['api-b'].absences],
          }),
          ...uncleanDrains(gateway),
        ];
        agreed = found.length === 0 ? agreed + 1 : 0;
        if (agreed === 2 || over) return { records, found };
      } catch (error) {
        if (over) throw error;
      }
      await delay(POLL_MS);
    }
  } finally {
    await published.stop();
  }
}

function uncleanDrains({ services }: ChaosGateway): Difference[] {
  return Object.values(services).flatMap(({ name, uncleanDrains }) =>
    uncleanDrains.map((how): Difference => ({
      system: 'services',
      fault: 'unclean',
      cpId: '',
      what: `${name} ${how}`,
    })),
  );
}
