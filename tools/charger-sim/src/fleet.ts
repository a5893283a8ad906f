import { Charger } from './charger.ts';
import type { Misbehaviour } from './misbehaviour/misbehaviour.ts';
import type { ChargerOptions } from './settings.ts';
import { startSession } from './simulated-charger.ts';
import { STATIONS } from './stations.ts';

export interface FleetOptions extends Omit<ChargerOptions, 'id' | 'misbehaviours'> {
  ids: readonly string[];
  /** One after the other on each charger. */
  sessions: number;
  /** Per session; until stopped when absent. */
  meterValues?: number;
  /** Stays connected after the sessions, until `signal`. */
  stay: boolean;
  /** How long a charger may take to be accepted. */
  timeoutMs: number;
  /** Between the starts of two chargers, so that N chargers do not knock at once. */
  staggerMs: number;
  signal?: AbortSignal;
  /** Where the next charger of the fleet differs from the specification. */
  misbehavioursOf?: () => readonly Misbehaviour[];
}

export interface FleetSummary {
  chargers: number;
  accepted: number;
  sessions: number;
  /** Sessions whose every message was acknowledged. */
  acknowledged: number;
  energyWh: number;
  durationMs: number;
  problems: string[];
  ok: boolean;
}

interface Outcome {
  accepted: boolean;
  acknowledged: number;
  energyWh: number;
  problems: string[];
}

/** Runs chargers side by side; resolves when all have done their sessions (and `signal` came, with `stay`). */
export async function runFleet(options: FleetOptions): Promise<FleetSummary> {
  const { ids, sessions } = options;
  const began = performance.now();
  const outcomes = await Promise.all(ids.map((id, index) => runOne(id, index * options.staggerMs, options)));
  const sum = (value: (outcome: Outcome) => number): number => outcomes.reduce((total, each) => total + value(each), 0);
  const accepted = sum((each) => Number(each.accepted));
  const acknowledged = sum((each) => each.acknowledged);
  return {
    chargers: ids.length,
    accepted,
    sessions: ids.length * sessions,
    acknowledged,
    energyWh: sum((each) => each.energyWh),
    durationMs: Math.round(performance.now() - began),
    problems: outcomes.flatMap(({ problems }) => problems),
    ok: accepted === ids.length && acknowledged === ids.length * sessions,
  };
}

async function runOne(id: string, waitMs: number, options: FleetOptions): Promise<Outcome> {
  const { sessions, meterValues, stay, timeoutMs, signal, misbehavioursOf, ...charger } = options;
  const outcome: Outcome = { accepted: false, acknowledged: 0, energyWh: 0, problems: [] };
  const sut = new Charger({ ...charger, id, misbehaviours: misbehavioursOf?.() }, STATIONS[charger.protocol]);
  const interrupted = new Promise<'interrupted'>((resolve) => {
    if (signal?.aborted) resolve('interrupted');
    signal?.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
  await Promise.race([sut.pause(waitMs), interrupted]);
  sut.start();
  const boot = await Promise.race([
    sut.accepted.then(
      () => 'accepted' as const,
      (error: Error) => error.message,
    ),
    // With --stay there is no hurry: the CSMS may come up later.
    ...(stay ? [] : [sut.pause(timeoutMs).then(() => `not accepted in ${timeoutMs} ms`)]),
    interrupted,
  ]);
  outcome.accepted = boot === 'accepted';
  if (!outcome.accepted) {
    const last = sut.lastProblem ? ` (${sut.lastProblem})` : '';
    outcome.problems.push(`${id}: ${boot}${last}`);
  }
  for (let n = 0; outcome.accepted && n < sessions && !signal?.aborted; n += 1) {
    const session = startSession(sut, { meterValues });
    void interrupted.then(() => session.stop('Local'));
    const { ok, energyWh, problem } = await session.result;
    outcome.acknowledged += Number(ok);
    outcome.energyWh += energyWh;
    if (problem) outcome.problems.push(`${id}: ${problem}`);
  }
  if (stay) await interrupted;
  // Those that the CSMS started, too.
  await sut.endSessions('Local');
  await sut.close();
  return outcome;
}
