import { resolve } from 'node:path';
import { Forked, type Watched } from '@ocpp-gw/bench';
import type { Acknowledged } from '@ocpp-gw/chaos';
import { share, type FleetOptions } from '../plan/fleet.ts';
import type { Phase } from '../plan/phases.ts';
import type { GeneratorRequest, Progress } from './protocol.ts';
import type { IntervalRecord, TallyRecord } from './tally.ts';

export interface CrowdOptions {
  fleet: FleetOptions;
  processes: number;
  seed: number;
  run: string;
  /** CPUs of the processes; any when absent. */
  cpus?: string;
  /** Gets each second of each process. */
  report: (process: number, interval: IntervalRecord) => void;
}

/** All chargers, in the processes that hold them. */
export class Crowd {
  readonly #processes: readonly Forked[];
  readonly #options: CrowdOptions;

  constructor(options: CrowdOptions) {
    const { processes, cpus, report } = options;
    this.#options = options;
    this.#processes = Array.from(
      { length: processes },
      (_, n) =>
        new Forked(resolve(import.meta.dirname, 'main.ts'), {
          ...(cpus !== undefined && { cpus }),
          report: (message) => report(n, (message as Progress).interval),
        }),
    );
  }

  get watched(): Watched {
    return Object.fromEntries(this.#processes.map(({ pid }, n) => [`generator ${n + 1}`, pid]));
  }

  async prepare(): Promise<void> {
    const { fleet, processes, seed, run } = this.#options;
    const ranges = share(fleet.chargers, processes);
    await this.#ask((n) => ({
      do: 'prepare',
      options: { fleet, range: ranges[n] ?? { from: 0, to: 0 }, seed, run },
    }));
  }

  /** @param startAt Unix milliseconds */
  async run(phase: Phase, startAt: number): Promise<TallyRecord[]> {
    return (await this.#ask(() => ({ do: 'run', phase, startAt }))) as TallyRecord[];
  }

  async acknowledged(): Promise<Acknowledged[]> {
    return ((await this.#ask(() => ({ do: 'acknowledged' }))) as Acknowledged[][]).flat();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.stop()));
  }

  #ask(request: (process: number) => GeneratorRequest): Promise<unknown[]> {
    return Promise.all(this.#processes.map((one, n) => one.request(request(n))));
  }
}
