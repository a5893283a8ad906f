import type { TopicPartitionOffset } from 'kafkajs';
import type { Logger } from './logger.ts';

/** A commit costs the broker a write. After a crash, messages of this time are delivered again. */
const GATHER_MS = 100;
const RETRY_MS = 1_000;

/** Commits the offsets of many partitions in one request, soon. A commit that fails is made up for by the next one. */
export class OffsetCommits {
  private readonly commit: (offsets: TopicPartitionOffset[]) => Promise<void>;
  private readonly logger: Logger | undefined;
  private readonly pending = new Map<string, TopicPartitionOffset>();
  private timer: NodeJS.Timeout | undefined;
  private tail: Promise<void> = Promise.resolve();

  constructor(commit: (offsets: TopicPartitionOffset[]) => Promise<void>, logger?: Logger) {
    this.commit = commit;
    this.logger = logger;
  }

  /** Everything of the partition below `offset` has been taken. */
  add(position: TopicPartitionOffset): void {
    this.pending.set(nameOf(position), position);
    this.wake(GATHER_MS);
  }

  /** The partitions may belong to others now: to commit for them could turn their progress back. */
  forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pending.clear();
  }

  /** Resolves when what was added is committed, or its commit has failed. One after the other, so none overtakes. */
  flush(): Promise<void> {
    this.tail = this.tail.then(() => this.send());
    return this.tail;
  }

  private async send(): Promise<void> {
    const offsets = [...this.pending.values()];
    this.forget();
    if (offsets.length === 0) return;
    try {
      await this.commit(offsets);
    } catch (error) {
      this.logger?.warn('offsets not committed', { err: error });
      // Offsets that were added meanwhile are higher.
      for (const position of offsets)
        if (!this.pending.has(nameOf(position))) this.pending.set(nameOf(position), position);
      this.wake(RETRY_MS);
    }
  }

  private wake(ms: number): void {
    this.timer ??= setTimeout(() => void this.flush(), ms);
  }
}

function nameOf({ topic, partition }: TopicPartitionOffset): string {
  return `${topic}/${partition}`;
}
