import type { Balance } from '../balance.ts';
import type { CommandsResult } from '../commands.ts';
import type { TallyRecord } from '../generator/tally.ts';
import { curveOf, decode, latencyOf, merge, type Histogram, type Latency } from '../measure/histogram.ts';
import type { Second } from '../measure/timeline.ts';
import { usageBetween, type Sample, type Usage } from '../measure/usage.ts';
import type { Phase, PhaseName } from '../plan/phases.ts';

/** A phase as it came from the processes. */
export interface PhaseRun {
  phase: Phase;
  /** Unix milliseconds. */
  from: number;
  to: number;
  tallies: readonly TallyRecord[];
  commands?: CommandsResult;
}

export interface Run {
  /** As it was called. */
  command: string;
  machine: string;
  /** Unix milliseconds. */
  startedAt: number;
  chargers: number;
  edges: number;
  seed: number;
  /** Names of the generator's own processes. */
  generators: readonly string[];
  phases: readonly PhaseRun[];
  samples: readonly Sample[];
  seconds: readonly Second[];
  balance: Balance;
}

export interface ProcessUse extends Usage {
  /** CPU, of every message that was answered; null where none was. */
  microsPerMessage: number | null;
  cpuMsPerSecond: number;
}

/** How chargers came, or came back. */
export interface Returns {
  away: number;
  back: number;
  /** Seconds until so many of those that were away had an answer; null where that never came. */
  half: number | null;
  nearlyAll: number | null;
  all: number | null;
}

export interface PhaseReport {
  name: PhaseName;
  seconds: number;
  perSecond: number;
  planned: number;
  sent: number;
  answered: number;
  answeredPerSecond: number;
  bytesPerCall: number;
  errors: Readonly<Record<string, number>>;
  unanswered: number;
  cutOff: number;
  refused: Readonly<Record<string, number>>;
  closed: Readonly<Record<string, number>>;
  latency: Latency;
  curve: readonly [number, number][];
  actions: Readonly<Record<string, Latency>>;
  returns: Returns | null;
  connects: Latency;
  commands: { asked: number; answeredByChargers: number; ends: Readonly<Record<string, number>> } | null;
  lag: Latency;
  processes: Readonly<Record<string, ProcessUse>>;
}

export interface Report {
  command: string;
  machine: string;
  startedAt: string;
  chargers: number;
  edges: number;
  seed: number;
  phases: readonly PhaseReport[];
  /** All phases together, by action. */
  actions: Readonly<Record<string, Latency>>;
  /** By process: what a connected and silent charger adds to its memory, KiB; null where the two silent phases are missing. */
  kibPerIdleCharger: Readonly<Record<string, number>> | null;
  generator: { processes: readonly string[]; microsPerMessage: number | null; lagP99Ms: number; valid: boolean };
  seconds: readonly Second[];
  memory: readonly {
    at: number;
    mib: Readonly<Record<string, number>>;
    cpuSeconds: Readonly<Record<string, number>>;
  }[];
  balance: Balance;
}

/** Later than this at one message in a hundred, the generator did not send what was planned. */
export const LAG_BOUND_MS = 20;

export function buildReport(run: Run): Report {
  const phases = run.phases.map((one) => phaseReport(one, run.samples));
  const loaded = phases.filter(({ perSecond }) => perSecond > 0);
  const lagP99Ms = Math.max(0, ...phases.map(({ lag }) => lag.p99 ?? 0));
  return {
    command: run.command,
    machine: run.machine,
    startedAt: new Date(run.startedAt).toISOString(),
    chargers: run.chargers,
    edges: run.edges,
    seed: run.seed,
    phases,
    actions: summarise(mergedByLabel(run.phases.flatMap(histogramsOf))),
    kibPerIdleCharger: idleMemory(phases, run.chargers),
    generator: {
      processes: run.generators,
      microsPerMessage: ownCost(loaded, run.generators),
      lagP99Ms,
      valid: lagP99Ms <= LAG_BOUND_MS,
    },
    seconds: run.seconds,
    memory: run.samples.map(({ at, of }) => ({
      at: (at - run.startedAt) / 1000,
      mib: mapValues(of, ({ bytes }) => bytes / (1024 * 1024)),
      cpuSeconds: mapValues(of, ({ cpuSeconds }) => cpuSeconds),
    })),
    balance: run.balance,
  };
}

function phaseReport(run: PhaseRun, samples: readonly Sample[]): PhaseReport {
  const { phase, from, to, tallies, commands } = run;
  const sum = (of: 'planned' | 'sent' | 'answered' | 'bytes' | 'unanswered' | 'cutOff' | 'commands' | 'away'): number =>
    tallies.reduce((total, tally) => total + tally[of], 0);
  const lasted = (to - from) / 1000;
  const answered = sum('answered');
  const chargerLatency = merge(tallies.flatMap(({ latency }) => Object.values(latency).map(decode)));
  return {
    name: phase.name,
    seconds: lasted,
    perSecond: phase.perSecond,
    planned: sum('planned'),
    sent: sum('sent'),
    answered,
    answeredPerSecond: answered / Math.max(lasted, 0.001),
    bytesPerCall: sum('bytes') / Math.max(1, sum('sent')),
    errors: addCounts(tallies.map(({ errors }) => errors)),
    unanswered: sum('unanswered'),
    cutOff: sum('cutOff'),
    refused: addCounts(tallies.map(({ refused }) => refused)),
    closed: addCounts(tallies.map(({ closed }) => closed)),
    latency: latencyOf(chargerLatency),
    curve: curveOf(chargerLatency),
    actions: summarise(mergedByLabel(histogramsOf(run))),
    returns: returnsOf(sum('away'), merge(tallies.map(({ returns }) => decode(returns)))),
    connects: latencyOf(merge(tallies.map(({ connects }) => decode(connects)))),
    commands: commands ? { asked: commands.asked, answeredByChargers: sum('commands'), ends: commands.ends } : null,
    lag: latencyOf(merge(tallies.map(({ lag }) => decode(lag)))),
    processes: mapValues(usageBetween(samples, from, to), (usage) => ({
      ...usage,
      microsPerMessage: answered === 0 ? null : (usage.cpuSeconds * 1e6) / answered,
      cpuMsPerSecond: (usage.cpuSeconds * 1000) / Math.max(lasted, 0.001),
    })),
  };
}

function histogramsOf({ tallies, commands }: PhaseRun): [string, Histogram][] {
  const own = tallies.flatMap(({ latency }) =>
    Object.entries(latency).map(([label, text]) => [label, decode(text)] as const),
  );
  return [...own, ...Object.entries(commands?.latency ?? {})].map(([label, histogram]) => [label, histogram]);
}

function mergedByLabel(histograms: readonly [string, Histogram][]): Map<string, Histogram> {
  const groups = Map.groupBy(histograms, ([label]) => label);
  return new Map(
    [...groups]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([label, same]) => [label, merge(same.map(([, one]) => one))]),
  );
}

const summarise = (histograms: ReadonlyMap<string, Histogram>): Record<string, Latency> =>
  Object.fromEntries([...histograms].map(([label, histogram]) => [label, latencyOf(histogram)]));

/** Shares are of all that were away, whether they came back or not. */
function returnsOf(away: number, histogram: Histogram): Returns | null {
  if (away === 0) return null;
  const back = histogram.totalCount;
  const secondsUntil = (share: number): number | null => {
    const percent = (100 * share * away) / Math.max(1, back);
    return percent > 100 || back === 0 ? null : histogram.getValueAtPercentile(percent) / 1e6;
  };
  return { away, back, half: secondsUntil(0.5), nearlyAll: secondsUntil(0.99), all: secondsUntil(1) };
}

/** The difference between nobody connected and everybody silent. */
function idleMemory(phases: readonly PhaseReport[], chargers: number): Record<string, number> | null {
  const [empty, idle] = (['empty', 'idle'] as const).map(
    (name) => phases.find((phase) => phase.name === name)?.processes,
  );
  if (!empty || !idle) return null;
  const edges = Object.keys(idle).filter(isEdge).length;
  return Object.fromEntries(
    Object.entries(idle).flatMap(([name, { mib }]): [string, number][] => {
      const before = empty[name];
      // Each ws-edge has its part of the chargers.
      return before ? [[name, ((mib - before.mib) * 1024) / (chargers / (isEdge(name) ? edges : 1))]] : [];
    }),
  );
}

export function isEdge(name: string): boolean {
  return name === 'ws-edge' || name.startsWith('edge-');
}

function ownCost(phases: readonly PhaseReport[], generators: readonly string[]): number | null {
  const answered = phases.reduce((sum, phase) => sum + phase.answered, 0);
  const seconds = phases.reduce(
    (sum, { processes }) => sum + generators.reduce((all, name) => all + (processes[name]?.cpuSeconds ?? 0), 0),
    0,
  );
  return answered === 0 ? null : (seconds * 1e6) / answered;
}

function addCounts(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [what, times] of counts.flatMap((one) => Object.entries(one))) sums[what] = (sums[what] ?? 0) + times;
  return sums;
}

function mapValues<From, To>(of: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, map(value)]));
}
