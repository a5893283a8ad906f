import type { Admin } from 'kafkajs';
import { readLag, type PartitionLag } from './lag.ts';
import type { Logger } from './logger.ts';

export interface LagWatchOptions {
  admin: Pick<Admin, 'connect' | 'disconnect' | 'fetchOffsets' | 'fetchTopicOffsets'>;
  groupId: string;
  topics: readonly string[];
  /** Nothing is read in intervals without it. */
  onLag: ((lag: readonly PartitionLag[]) => void) | undefined;
  intervalMs: number;
  logger: Logger | undefined;
}

/** Reads a group's progress in all topics again and again, and in single topics when asked. */
export class LagWatch {
  private readonly options: LagWatchOptions;
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> | undefined;

  constructor(options: LagWatchOptions) {
    this.options = options;
  }

  start(): void {
    const { onLag, intervalMs } = this.options;
    if (!onLag) return;
    const look = (): void => {
      this.reading ??= this.read(onLag).finally(() => (this.reading = undefined));
    };
    look();
    this.timer = setInterval(look, intervalMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.options.admin.disconnect();
    // A reading that was under way may have connected again.
    await this.reading;
    await this.options.admin.disconnect();
  }

  /** A topic costs the broker two requests. @throws what the broker answers, or that it is away */
  async progressOf(topics: readonly string[]): Promise<PartitionLag[]> {
    const { admin, groupId } = this.options;
    // Each time: nothing where it is connected, and a broker that was away at the first look is found at a later one.
    await admin.connect();
    return readLag(admin, groupId, topics);
  }

  private async read(onLag: (lag: readonly PartitionLag[]) => void): Promise<void> {
    const { topics, logger } = this.options;
    try {
      onLag(await this.progressOf(topics));
    } catch (error) {
      // A reading that fails is left out.
      logger?.debug('lag not read', { err: error });
    }
  }
}
