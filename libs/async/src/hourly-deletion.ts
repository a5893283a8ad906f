const HOUR_MS = 3_600_000;

export interface HourlyDeletionOptions {
  /** How old something is when it is deleted. */
  keptMs: number;
  /** Deletes what is older; returns how much that was. */
  deleteOld: (before: Date) => Promise<number>;
  /** Called when it cannot: what is left is deleted an hour later. */
  failed: (error: unknown) => void;
}

/** Deletes what is old once an hour. Several processes may do it at once. */
export class HourlyDeletion {
  private readonly options: HourlyDeletionOptions;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: HourlyDeletionOptions) {
    this.options = options;
  }

  start(): void {
    this.timer ??= setInterval(() => void this.run(new Date()), HOUR_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Returns how much was deleted. Never rejects. */
  async run(now: Date): Promise<number> {
    const { keptMs, deleteOld, failed } = this.options;
    try {
      return await deleteOld(new Date(now.getTime() - keptMs));
    } catch (error) {
      failed(error);
      return 0;
    }
  }
}

/** Deletes in bounded steps, so that none of them holds a table for long, until one is not full. Returns how much was deleted. */
export async function deleteInSteps(step: number, remove: (limit: number) => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const removed = await remove(step);
    all += removed;
    if (removed < step) return all;
  }
}
