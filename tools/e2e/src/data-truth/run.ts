import { readCalls, readTransactions } from '@ocpp-gw/chaos';
import {
  assignMisbehaviours,
  differencesDownstream,
  judge,
  matchSessions,
  seededNumbers,
  type KeptTransaction,
  type Misbehaviour,
  type TrueSession,
} from '@ocpp-gw/charger-sim';
import { ALL_TOPICS, CONSUMERS } from '@ocpp-gw/contracts';
import { uncommitted } from '../consumers/group.ts';
import { runFleet, type FleetRun } from '../oracle/fleet.ts';
import { TOKEN, startStack, type Stack } from '../stack.ts';
import { until } from '../until.ts';
import { countVerdicts, publishedEvents } from './counts.ts';
import { energyVerdicts } from './energy.ts';
import { keepEvidence } from './evidence.ts';
import { interrupt } from './interruptions.ts';
import { outsideBillVerdicts } from './outside-bill.ts';
import { proofVerdicts } from './proof.ts';
import { Recorder } from './recorder.ts';
import { seriesVerdicts } from './series.ts';
import { nameOf, sessionVerdicts, type Pair } from './sessions.ts';
import { stateVerdicts } from './states.ts';
import { verdictOf, type Verdict } from './verdict.ts';
import { readViews, type Views } from './views.ts';

export interface TruthOptions {
  seed: number;
  chargers: number;
  /** Of each charger. */
  sessions: number;
  report: (message: string) => void;
}

export interface TruthRun {
  verdicts: Verdict[];
  sessions: TrueSession[];
}

const WITHIN_MS = 300_000;
/** Sessions of an hour take two seconds. */
const SPEED = 1_500;
/** A second of ours, in the time of chargers. */
const S = 1_000 * SPEED;
/** How long the chargers charge, about, for each session: over this time what is killed is spread. */
const SESSION_MS = 3_000;
const EDGE = {
  // In fast time a charger that comes back after minutes seems to reconnect in a loop.
  EVEYS_OCPP_WS_RECONNECT_MAX_DELAY_S: '0',
  EVEYS_OCPP_WS_ONLINE_TTL_S: '6',
};

/** Chargers with every oddity charge while services are killed; then every view is compared with what really happened. */
export async function compareWithTruth(options: TruthOptions): Promise<TruthRun> {
  const stack = await startStack('data-truth', { memory: 1_000_000 }, EDGE);
  try {
    return await compare(stack, options);
  } finally {
    await stack.stop();
  }
}

async function compare(stack: Stack, { seed, chargers, sessions, report }: TruthOptions): Promise<TruthRun> {
  const recorder = new Recorder();
  const fleet = runFleet({
    seed,
    sessions: chargers * sessions,
    urls: stack.edgeUrls,
    withinMs: WITHIN_MS,
    rules: {
      sessionsPerCharger: sessions,
      speed: SPEED,
      lifeMs: SPEED * (WITHIN_MS + 60_000),
      meterIntervalMs: [300_000, 1_500_000],
      acceptedWithinMs: 120_000,
      backoff: { firstMs: 0.2 * S, maxMs: 2 * S },
      moves: true,
      misbehaviours: assigned(seed, chargers),
    },
    log: recorder.take,
  });
  await interrupt(stack, sessions * SESSION_MS, report);
  const run = await fleet;
  report(`${run.cpIds.length} chargers have charged`);
  const kept = await settled(stack, run, report);
  const views = await readViews(stack.clickhouse, today());
  const compared = compareViews(run, kept, recorder, views);
  const verdicts = [
    ...run.problems.map((what) => verdictOf({ source: 'chargers' }, what)),
    ...compared.verdicts,
    ...(await seriesVerdicts(stack, compared.pairs, views)),
    ...(await countVerdicts(stack.clickhouse, await publishedEvents(stack.dataPlane.kafkaBrokers), recorder)),
    ...proofVerdicts(views, (changed) => compareViews(run, kept, recorder, changed)),
  ];
  await keepEvidence({ ...views, truth: run.truth, verdicts });
  report('every view has been compared');
  await restart(stack, report);
  const again = await readViews(stack.clickhouse, today());
  verdicts.push(...unchangedVerdicts(views, again));
  return { verdicts, sessions: run.truth.filter((entry) => entry.kind === 'session') };
}

const today = (): string => new Date().toISOString().slice(0, 10);

/** Each misbehaviour to a charger of its version; every other charger speaks 1.6. */
function assigned(
  seed: number,
  chargers: number,
): (index: number, protocol: '1.6' | '2.0.1') => readonly Misbehaviour[] {
  const next = seededNumbers(seed);
  const all = {
    '1.6': assignMisbehaviours('1.6', Math.ceil(chargers / 2), next),
    '2.0.1': assignMisbehaviours('2.0.1', Math.floor(chargers / 2), next),
  };
  return (index, protocol) => all[protocol][Math.floor(index / 2)] ?? [];
}

/** Waits until everything has arrived; what REST then says. */
async function settled(
  { dataPlane, rest, clickhouse, backend }: Stack,
  { cpIds }: FleetRun,
  report: (message: string) => void,
): Promise<KeptTransaction[]> {
  const kept = await until(
    'everything to arrive',
    async () => {
      const behind = await uncommitted(dataPlane.kafkaBrokers, CONSUMERS.ingestor, ALL_TOPICS);
      if (behind > 0) throw new Error(`${behind} messages wait`);
      const lists: KeptTransaction[][] = [];
      for (const cpId of cpIds) lists.push(await readTransactions(rest, TOKEN, cpId));
      const { sessions } = await readViews(clickhouse, today());
      const differences = differencesDownstream('ClickHouse', lists.flat(), sessions);
      if (differences.length > 0) throw new Error(`${differences.length} differences: ${differences[0]?.what}`);
      return lists.flat();
    },
    60_000,
  );
  report(`${kept.length} transactions; the backend received ${readCalls(backend).length} calls`);
  return kept;
}

/** Compares what ClickHouse shows with what the chargers did; asks nobody. */
function compareViews(
  run: FleetRun,
  kept: readonly KeptTransaction[],
  recorder: Recorder,
  views: Views,
): { pairs: Pair[]; verdicts: Verdict[] } {
  // Only the gateway's own list says whom it suspects.
  const suspects = new Map(kept.map((record) => [nameOf(record), record.suspect_since ?? null]));
  const rows = views.sessions.map((row) => ({
    ...row,
    started_at: new Date(row.started_ms).toISOString(),
    suspect_since: suspects.get(nameOf(row)) ?? null,
  }));
  const pairs = matchSessions(run.truth, rows).map(({ session, record }) => ({ session, row: record })) as Pair[];
  const sessions = pairs.map(({ session }) => session);
  return {
    pairs,
    verdicts: [
      ...judge(run.truth, rows).map(({ rule, cpId, what }) => verdictOf({ source: `sessions: ${rule}`, cpId }, what)),
      ...sessionVerdicts(pairs, run.truth, views),
      ...energyVerdicts(pairs, run.truth, views),
      ...outsideBillVerdicts(pairs, views),
      ...stateVerdicts(recorder, sessions, views),
    ],
  };
}

/** With nothing under way, ingestor and ClickHouse are killed once more: nothing may change by it. */
async function restart({ ingestor, dataPlane }: Stack, report: (message: string) => void): Promise<void> {
  report('kill -9 clickhouse-ingestor and ClickHouse');
  await Promise.all([ingestor.stop('SIGKILL'), dataPlane.kill('clickhouse')]);
  await dataPlane.start('clickhouse');
  await ingestor.launch();
}

/** What goes on changes with the time; all else is as it was. */
function unchangedVerdicts(before: Views, after: Views): Verdict[] {
  const still = (views: Views): Record<string, unknown> => {
    const { sessions, phases: _, states: __, availability: ___, attempts, visits, ...rest } = views;
    return { ...rest, attempts, visits, sessions: sessions.filter(({ state }) => state === 'ended') };
  };
  const then = still(before);
  return Object.entries(still(after)).map(([name, rows]) =>
    verdictOf(
      { source: 'unchanged by kill -9' },
      JSON.stringify(rows) === JSON.stringify(then[name]) ? null : `${name} has changed`,
    ),
  );
}
