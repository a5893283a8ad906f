import type { Account } from './account.ts';

export type EngineName = 'postgres' | 'redis' | 'kafka' | 'clickhouse';

export const ENGINE_NAMES: readonly EngineName[] = ['postgres', 'redis', 'kafka', 'clickhouse'];

/** Where one engine of one instance lives, and how it should treat its data. */
export interface Placement {
  /** The engine's own folder: data, rendered configuration, log, pid file. */
  readonly directory: string;
  readonly port: number;
  /** False for throw-away instances: the engine may trade crash safety of the machine for speed. */
  readonly durable: boolean;
  /** Says what a long step is doing. */
  readonly report: (message: string) => void;
}

/** A process to start, complete: nothing is inherited but PATH and the like. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Set where the process must not run as root. */
  readonly account?: Account;
}

export interface Engine {
  readonly name: EngineName;
  /** The signal that makes it close its files and go without waiting for its clients. */
  readonly stopSignal: NodeJS.Signals;
  readonly startDeadlineMs: number;
  /** Gets binaries, initialises the data folder once, renders configuration; idempotent. */
  prepare(placement: Placement): Promise<Launch>;
  /** Speaks the engine's protocol; rejects while the engine can't serve. */
  check(port: number): Promise<void>;
  url(port: number): string;
  /** Removes what `prepare` put outside the engine's folder. */
  dispose?(directory: string): Promise<void>;
}
