import type { ServiceProcess } from '@ocpp-gw/rig';

/** More than the 30 s of EVEYS_OCPP_DRAIN_TIMEOUT_S. */
const DRAINED_WITHIN_MS = 40_000;

/** From when it was to end until it was ready again; by performance.now(). */
export interface Absence {
  from: number;
  to: number;
}

/** A service that is killed and drained, and what is known of both. */
export class WatchedService {
  readonly name: string;
  readonly absences: Absence[] = [];
  /** How drains ended that did not end as they should. */
  readonly uncleanDrains: string[] = [];
  readonly #process: ServiceProcess;

  constructor(name: string, process: ServiceProcess) {
    this.name = name;
    this.#process = process;
  }

  get ownExits(): number {
    return this.#process.ownExits;
  }

  get log(): string {
    return this.#process.output;
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    await this.#process.launch();
    const absence = this.absences.at(-1);
    if (absence) absence.to = performance.now();
  }

  /** Resolves when it is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** SIGTERM, as in a rolling deployment; resolves when it is gone. */
  async drain(): Promise<void> {
    // One that is not ready may be failing by itself at this very moment.
    const wasReady = await this.#process.isReady();
    const late = setTimeout(() => void this.#process.stop('SIGKILL'), DRAINED_WITHIN_MS);
    const ended = await this.#end('SIGTERM');
    clearTimeout(late);
    if (ended === 'SIGKILL' || (wasReady && ended !== 0)) this.uncleanDrains.push(`ended with ${ended} after SIGTERM`);
  }

  #end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    this.absences.push({ from: performance.now(), to: Infinity });
    return this.#process.stop(signal);
  }
}
