import type { Admin } from 'kafkajs';
import { readLag, type PartitionLag } from './lag.ts';
import type { Logger } from './logger.ts';

export interface LagWatchOptions {
  admin: Pick<Admin, 'connect' | 'disconnect' | 'fetchOffsets' | 'fetchTopicOffsets'>;
  groupId: string;
  topics: readonly string[];
  /** `readAt`: when the reading began, Unix milliseconds. */
  onLag: (lag: readonly PartitionLag[], readAt: number) => void;
  intervalMs: number;
  logger: Logger | undefined;
}

/** Reads a group's progress again and again. A reading that fails is left out. */
export class LagWatch {
  private readonly options: LagWatchOptions;
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> | undefined;

  constructor(options: LagWatchOptions) {
    this.options = options;
  }

  start(): void {
    const look = (): void => {
      this.reading ??= this.read().finally(() => (this.reading = undefined));
    };
    look();
    this.timer = setInterval(look, this.options.intervalMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.options.admin.disconnect();
    // A reading that was under way may have connected again.
    await this.reading;
    await this.options.admin.disconnect();
  }

  private async read(): Promise<void> {
    const { admin, groupId, topics, onLag, logger } = this.options;
    try {
      // Each time: nothing where it is connected, and a broker that was away at the first look is found at a later one.
      await admin.connect();
      const readAt = Date.now();
      onLag(await readLag(admin, groupId, topics), readAt);
    } catch (error) {
      logger?.debug('lag not read', { err: error });
    }
  }
}
