import { readFile } from 'node:fs/promises';
import { familySeconds, type Watched } from '@ocpp-gw/bench';
import { findDescendants, listProcesses } from '@ocpp-gw/data-plane';
import type { Reading, Sample } from './usage.ts';

/** Reading is no load of its own. */
const EVERY_MS = 5_000;

/** Reads what processes have used, every five seconds. */
export class ProcessWatch {
  readonly samples: Sample[] = [];
  readonly #watched: () => Watched;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();

  /** @param watched process ids by name; a process that was started again has another id */
  constructor(watched: () => Watched) {
    this.#watched = watched;
  }

  start(): void {
    this.#timer = setInterval(() => void this.read(), EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reading;
  }

  /** One sample more, in order. */
  read(): Promise<void> {
    this.#reading = this.#reading.then(async () => {
      this.samples.push(await readAll(this.#watched()));
    });
    return this.#reading;
  }
}

/** Of each process and those that it started, without those that are watched by themselves. */
async function readAll(watched: Watched): Promise<Sample> {
  const at = Date.now();
  const processes = await listProcesses();
  const pids = new Set(Object.values(watched));
  const readings = await Promise.all(
    Object.entries(watched).map(async ([name, pid]): Promise<[string, Reading]> => {
      const others = processes.filter((one) => one.pid === pid || !pids.has(one.pid));
      // Of what is gone, or 0, which is nobody and the parent of all, nothing is counted.
      const family = others.some((one) => one.pid === pid)
        ? [pid, ...findDescendants(others, pid).map((one) => one.pid)]
        : [];
      const sizes = await Promise.all(family.map(proportionalSize));
      return [
        name,
        {
          pid,
          cpuSeconds: pid === process.pid ? ownSeconds() : familySeconds(others, pid),
          bytes: sizes.reduce((sum, size) => sum + size, 0),
        },
      ];
    }),
  );
  return { at, of: Object.fromEntries(readings) };
}

/** Without what its children used, who are watched by themselves: the kernel adds those that have ended. */
function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Resident memory in bytes; of pages that several processes share, each has its part: those of Postgres share most. 0 when it is gone. */
async function proportionalSize(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss: +(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
}
