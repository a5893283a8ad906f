import { halves } from '@ocpp-gw/async';
import { isPermanent } from '@ocpp-gw/kafka';
import type { Block } from '../native/native-block.ts';
import type { Table } from '../rows/row.ts';

/** Rows as they are kept until they are inserted: as bytes they weigh a tenth of what they weigh as objects. */
export interface TableBlock {
  table: Table;
  block: Block;
}

export interface BatchWriterOptions {
  /** Resolves once ClickHouse has acknowledged the rows. */
  insert: (table: Table, blocks: readonly Block[]) => Promise<void>;
  /** A batch is written once it has this many rows. */
  maxRows: number;
  /** A batch is also written once its first row is this old, in milliseconds. */
  maxAgeMs: number;
}

interface Write {
  blocks: readonly TableBlock[];
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/**
 * Collects the rows of many partitions into few large inserts. `write` resolves only when all its rows are
 * acknowledged, so the caller may then commit the offsets. It rejects when the insert failed; none of its rows is kept
 * here, and the caller writes them again. It rejects for good only because of rows of its own. There is one insert for
 * a table at a time, and the next batch fills while it runs.
 */
export class BatchWriter {
  private writes: Write[] = [];
  private size = 0;
  private timer: NodeJS.Timeout | undefined;
  private due = false;
  private writing: Promise<void> | undefined;

  constructor(private readonly options: BatchWriterOptions) {}

  write(blocks: readonly TableBlock[]): Promise<void> {
    if (blocks.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.writes.push({ blocks, resolve, reject });
      for (const { block } of blocks) this.size += block.rows;
      if (this.size >= this.options.maxRows) this.flush();
      else this.timer ??= setTimeout(() => this.flush(), this.options.maxAgeMs);
    });
  }

  /** Writes what has been collected without waiting for size or age. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.due = true;
    this.writing ??= this.writeWhileDue().finally(() => (this.writing = undefined));
  }

  private async writeWhileDue(): Promise<void> {
    while (this.due) {
      const { writes } = this;
      this.writes = [];
      this.size = 0;
      this.due = false;
      await this.settle(writes);
    }
  }

  private async settle(writes: readonly Write[]): Promise<void> {
    try {
      await this.insertAll(writes.flatMap(({ blocks }) => blocks));
      for (const { resolve } of writes) resolve();
    } catch (error) {
      if (writes.length === 1 || !isPermanent(error)) {
        for (const { reject } of writes) reject(error);
        return;
      }
      // Halving finds the row that is at fault. Rows that are inserted again replace themselves.
      for (const half of halves(writes)) await this.settle(half);
    }
  }

  private async insertAll(blocks: readonly TableBlock[]): Promise<void> {
    for (const [table, group] of Map.groupBy(blocks, (one) => one.table)) {
      await this.options.insert(
        table,
        group.map(({ block }) => block),
      );
    }
  }
}
