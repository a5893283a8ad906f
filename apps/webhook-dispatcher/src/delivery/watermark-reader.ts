import { setTimeout as sleep } from 'node:timers/promises';
import type { Topic } from '@ocpp-gw/contracts';
import type { PartitionLag } from '@ocpp-gw/kafka';
import type { Logger } from '@ocpp-gw/service-kit';
import { SPREAD_MS, type Watermark } from './watermark.ts';

export interface WatermarkReaderOptions {
  watermark: Pick<Watermark, 'settledBefore' | 'observe'>;
  /** The topics that some subscription wants. */
  topics: () => readonly Topic[];
  /** The whole group's progress in them. It rejects while Kafka is away. */
  progressOf: (topics: readonly Topic[]) => Promise<readonly PartitionLag[]>;
  /** The watermark rose: rows may have become due. */
  rose: () => void;
  /** Between two readings. */
  everyMs: number;
  logger: Logger;
}

/** Reads the group's progress while rows wait for the watermark, and not otherwise: each reading costs the broker and us. */
export class WatermarkReader {
  private readonly stopping = new AbortController();
  /** Rows were enqueued until then, Unix milliseconds. */
  private until = 0;
  private reading: Promise<void> | undefined;

  constructor(private readonly options: WatermarkReaderOptions) {}

  /** Rows were enqueued. */
  enqueued(): void {
    this.until = Date.now();
    this.reading ??= this.read().finally(() => (this.reading = undefined));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.reading;
  }

  private async read(): Promise<void> {
    const { watermark, topics, progressOf, rose, everyMs, logger } = this.options;
    // What is read sooner says nothing of these rows.
    await this.pause(SPREAD_MS + 1);
    while (!this.stopping.signal.aborted) {
      const at = Date.now();
      try {
        if (watermark.observe(await progressOf(topics()), at)) rose();
      } catch (err) {
        logger.debug('progress not read', { err });
      }
      if (watermark.settledBefore.getTime() >= this.until) return;
      await this.pause(everyMs);
    }
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
