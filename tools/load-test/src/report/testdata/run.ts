import { Tally } from '../../generator/tally.ts';
import { DEFAULT_MIX } from '../../plan/mix.ts';
import type { Phase, PhaseName } from '../../plan/phases.ts';
import type { PhaseRun, Run } from '../model.ts';

const MIB = 1024 * 1024;

/** A phase of ten seconds in which so many messages were answered within so many milliseconds. */
export function phaseOf(
  name: PhaseName,
  from: number,
  answers: readonly number[],
  change: (tally: Tally) => void = () => undefined,
): PhaseRun {
  const phase: Phase = { name, seconds: 10, perSecond: answers.length / 10, mix: DEFAULT_MIX };
  const tally = new Tally();
  tally.planned = tally.sent = answers.length;
  tally.bytes = 300 * answers.length;
  for (const ms of answers) tally.answer('Heartbeat', ms);
  change(tally);
  return { phase, from, to: from + 10_000, tallies: [tally.record()] };
}

/** A small run: nobody, ten silent chargers, then a load. Each second the edge works for 0.1 s; it grows by 1 MiB with the chargers. */
export function runOf(phases: readonly PhaseRun[]): Run {
  const last = phases.at(-1)?.to ?? 0;
  const sample = (at: number) => ({
    at,
    of: {
      'ws-edge': { pid: 1, cpuSeconds: at / 10_000, bytes: (at > 10_000 ? 101 : 100) * MIB },
      'generator 1': { pid: 2, cpuSeconds: at / 100_000, bytes: 50 * MIB },
    },
  });
  return {
    command: '--chargers 10',
    machine: '2 × CPU <of a test>',
    startedAt: 0,
    chargers: 10,
    edges: 1,
    seed: 1,
    generators: ['generator 1'],
    phases,
    samples: Array.from({ length: last / 1000 + 1 }, (_, n) => sample(n * 1000)),
    seconds: phases.map(({ phase, to }) => ({
      at: to / 1000,
      phase: phase.name,
      planned: 1,
      answered: 1,
      errors: 0,
      connected: 10,
      waiting: 0,
      p50: 1,
      p99: 20,
    })),
    balance: { started: 2, ended: 2, events: 3, differences: [], seconds: 1.5 },
  };
}
