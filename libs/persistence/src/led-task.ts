import { setTimeout as sleep } from 'node:timers/promises';
import type { Leadership } from './leadership.ts';
import type { Logger } from './logger.ts';

export interface LedTaskOptions {
  leadership: Pick<Leadership, 'withLeadership'>;
  logger: Pick<Logger, 'warn'>;
  /** Name of the task in the fleet, in the log too. */
  name: string;
  pauseMs: number;
  /** Ends early when the signal is aborted. */
  run: (stopping: AbortSignal) => Promise<void>;
  /** Called when this pod does it no longer. */
  over?: () => void;
}

/** Runs a task over and over. Only one pod of the fleet does it at a time. */
export class LedTask {
  private readonly options: LedTaskOptions;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(options: LedTaskOptions) {
    this.options = options;
  }

  start(): void {
    this.running ??= this.lead();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async lead(): Promise<void> {
    const { leadership, name, run, logger } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await leadership.withLeadership(name, async (lease) => {
          while (!signal.aborted && !lease.lost.aborted) {
            await run(signal);
            await this.pause();
          }
        });
      } catch (err) {
        logger.warn('task of the fleet failed', { task: name, err });
      }
      this.options.over?.();
      await this.pause();
    }
  }

  private async pause(): Promise<void> {
    await sleep(this.options.pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
