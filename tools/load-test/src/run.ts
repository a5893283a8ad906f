import { setTimeout as sleep } from 'node:timers/promises';
import type { Acknowledged } from '@ocpp-gw/chaos';
import { balance, type Balance } from './balance.ts';
import { sendBursts, type CommandsResult } from './commands.ts';
import { Crowd } from './generator/crowd.ts';
import { ProcessWatch } from './measure/processes.ts';
import { Timeline, type Second } from './measure/timeline.ts';
import type { LoadOptions } from './options.ts';
import { identityOf } from './plan/fleet.ts';
import { planDay, type Phase } from './plan/phases.ts';
import { buildReport, type PhaseRun, type Report } from './report/model.ts';
import type { Stack } from './stack/stack.ts';

const SECOND_MS = 1000;
/** This process: plans, reads /proc, and writes the report. */
const WATCHER = 'load-test';
/** Until every process knows the phase. */
const LEAD_MS = 200;
/** Into the phase: its first seconds show what was before. */
const KILL_AFTER_MS = 2_000;

export interface RunOptions extends Omit<
  LoadOptions,
  'target' | 'gateway' | 'token' | 'events' | 'set' | 'pin' | 'profile' | 'out'
> {
  /** As it was called, and on which machine: for the report. */
  command: string;
  machine: string;
  /** CPUs of the generator; any when absent. */
  cpus?: string;
  /** Ends it. */
  signal?: AbortSignal;
  /** Gets a sentence when something begins, and each second. */
  say: (what: string) => void;
  progress: (second: Second, phase: Phase) => void;
}

/** The whole day on a gateway that runs. */
export async function runDay(options: RunOptions, stack: Stack): Promise<Report> {
  const { chargers, edges, versions, sources, processes, seed, command, machine, cpus } = options;
  const startedAt = Date.now();
  // Whole seconds, so that two runs of one gateway never meet.
  const run = Math.floor(startedAt / SECOND_MS)
    .toString(36)
    .padStart(7, '0')
    .slice(-7);
  const prefix = options.prefix ?? `LOAD-${run}-`;
  const timeline = new Timeline(processes);
  let phase: Phase | undefined;
  const crowd = new Crowd({
    fleet: { chargers, versions, sources, urls: stack.urls, prefix },
    processes,
    seed,
    run,
    ...(cpus !== undefined && { cpus }),
    report: (process, interval) => {
      if (timeline.add(process, interval) && phase)
        options.progress(timeline.close((Date.now() - startedAt) / SECOND_MS, phase.name), phase);
    },
  });
  // Whatever is waited for waits for the chargers: without them, it ends.
  options.signal?.addEventListener('abort', () => void crowd.stop());
  const watch = new ProcessWatch(() => ({ ...stack.watched?.(), ...crowd.watched, [WATCHER]: process.pid }));
  try {
    await crowd.prepare();
    watch.start();
    const day = new Day(options, { stack, crowd, watch, startedAt, prefix });
    const phases: PhaseRun[] = [];
    for (phase of planDay({ ...options, perSecond: options.rate })) phases.push(await day.run(phase));
    options.say('the records are compared');
    const balanced = await day.balance();
    return buildReport({
      ...{ command, machine, startedAt, chargers, seed, edges: stack.watched ? edges : stack.urls.length },
      generators: [...Object.keys(crowd.watched), WATCHER],
      phases,
      samples: watch.samples,
      seconds: timeline.seconds,
      balance: balanced,
    });
  } finally {
    await watch.stop();
    await crowd.stop();
  }
}

interface Parts {
  stack: Stack;
  crowd: Crowd;
  watch: ProcessWatch;
  startedAt: number;
  prefix: string;
}

/** Phase after phase. */
class Day {
  readonly #options: RunOptions;
  readonly #parts: Parts;

  constructor(options: RunOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
  }

  async run(phase: Phase): Promise<PhaseRun> {
    const { crowd, watch } = this.#parts;
    const from = Date.now();
    await watch.read();
    const startAt = Date.now() + LEAD_MS;
    const [tallies, commands] = await Promise.all([
      crowd.run(phase, startAt),
      this.#command(phase, startAt),
      this.#kill(phase, startAt),
    ]);
    await watch.read();
    return { phase, from, to: Date.now(), tallies, ...(commands && { commands }) };
  }

  async balance(): Promise<Balance> {
    const { stack, crowd, startedAt } = this.#parts;
    const acknowledged = await crowd.acknowledged();
    const cpIds = [...new Set(acknowledged.map(({ cpId }) => cpId))];
    const readable = stack.hasEvents ? acknowledged : acknowledged.map(withoutNumber);
    return balance(readable, () => stack.readKept(cpIds, startedAt));
  }

  async #command({ burst, seconds }: Phase, startAt: number): Promise<CommandsResult | undefined> {
    if (burst === undefined) return undefined;
    const { stack, prefix } = this.#parts;
    const identities = Array.from({ length: this.#options.chargers }, (_, index) => identityOf(prefix, index));
    return sendBursts({ rest: stack.rest, token: stack.token, identities, burst, startAt, seconds });
  }

  async #kill({ event, seconds }: Phase, startAt: number): Promise<void> {
    const { stack } = this.#parts;
    if (event !== 'kill' || !stack.killEdge) return;
    await sleep(startAt + KILL_AFTER_MS - Date.now());
    const { name, again } = stack.killEdge();
    this.#options.say(`${name} was killed`);
    await sleep(Math.max(0, startAt + seconds * SECOND_MS - Date.now()));
    await again();
  }
}

function withoutNumber({ seqNo: _, ...message }: Acknowledged): Acknowledged {
  return message;
}
