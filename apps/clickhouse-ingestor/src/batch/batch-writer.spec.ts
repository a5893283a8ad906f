import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Block } from '../native/native-block.ts';
import type { Table } from '../rows/row.ts';
import { BatchWriter, type TableBlock } from './batch-writer.ts';
import { InsertError } from './errors.ts';

/** A block of one row. */
const row = (table: Table, n: number): TableBlock => ({
  table,
  block: { columns: ['n'], rows: 1, bytes: Buffer.from([n]) },
});
const numbers = (blocks: readonly Block[]) => blocks.map(({ bytes }) => ({ n: bytes[0] }));

/** A ClickHouse that acknowledges when it is asked to. */
class HeldTable {
  readonly inserts: {
    table: Table;
    rows: readonly { n: number | undefined }[];
    acknowledge: () => void;
    refuse: (error: Error) => void;
  }[] = [];

  insert(table: Table, blocks: readonly Block[]): Promise<void> {
    const rows = numbers(blocks);
    return new Promise((acknowledge, refuse) => this.inserts.push({ table, rows, acknowledge, refuse }));
  }
}

function setUp(limits: { maxRows?: number; maxAgeMs?: number } = {}): { sut: BatchWriter; held: HeldTable } {
  const held = new HeldTable();
  const insert = (table: Table, blocks: readonly Block[]): Promise<void> => held.insert(table, blocks);
  return { held, sut: new BatchWriter({ insert, maxRows: 3, maxAgeMs: 1000, ...limits }) };
}

function watch(write: Promise<void>): { state: () => string } {
  let state = 'pending';
  write.then(
    () => (state = 'resolved'),
    (error: Error) => (state = error.message),
  );
  return { state: () => state };
}

describe('BatchWriter', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('inserts once the batch is large enough', () => {
    const { sut, held } = setUp();
    watch(sut.write([row('boots', 1), row('boots', 2)]));
    expect(held.inserts).toHaveLength(0);
    watch(sut.write([row('boots', 3)]));
    expect(held.inserts.map((insert) => insert.rows)).toEqual([[{ n: 1 }, { n: 2 }, { n: 3 }]]);
  });

  it('inserts a smaller batch once its first row is old enough', () => {
    const { sut, held } = setUp({ maxAgeMs: 500 });
    watch(sut.write([row('boots', 1)]));
    jest.advanceTimersByTime(300);
    watch(sut.write([row('boots', 2)]));
    jest.advanceTimersByTime(199);
    expect(held.inserts).toHaveLength(0);
    jest.advanceTimersByTime(1);
    expect(held.inserts[0]?.rows).toHaveLength(2);
  });

  it('resolves a write only after every table has acknowledged', async () => {
    const { sut, held } = setUp({ maxRows: 2 });
    const write = watch(sut.write([row('boots', 1), row('commands', 2)]));
    await jest.advanceTimersByTimeAsync(0);
    held.inserts[0]?.acknowledge();
    await jest.advanceTimersByTimeAsync(0);
    expect(write.state()).toBe('pending');
    expect(held.inserts.map((insert) => insert.table)).toEqual(['boots', 'commands']);
    held.inserts[1]?.acknowledge();
    await jest.advanceTimersByTimeAsync(0);
    expect(write.state()).toBe('resolved');
  });

  it('rejects every write of a batch that failed, and goes on with the next batch', async () => {
    const { sut, held } = setUp({ maxRows: 2 });
    const first = [watch(sut.write([row('boots', 1)])), watch(sut.write([row('boots', 2)]))];
    held.inserts[0]?.refuse(new Error('away'));
    await jest.advanceTimersByTimeAsync(0);
    expect(first.map((write) => write.state())).toEqual(['away', 'away']);
    const second = watch(sut.write([row('boots', 1), row('boots', 2)]));
    await jest.advanceTimersByTimeAsync(0);
    expect(held.inserts[1]?.rows).toEqual([{ n: 1 }, { n: 2 }]);
    held.inserts[1]?.acknowledge();
    await jest.advanceTimersByTimeAsync(0);
    expect(second.state()).toBe('resolved');
  });

  it('rejects for good only the write whose row is refused', async () => {
    const refusal = new InsertError('boots', 'no', { retriable: false });
    const inserted: unknown[] = [];
    const insert = (_table: Table, blocks: readonly Block[]): Promise<void> => {
      const rows = numbers(blocks);
      if (rows.some(({ n }) => n === 3)) return Promise.reject(refusal);
      inserted.push(...rows.map(({ n }) => n));
      return Promise.resolve();
    };
    const sut = new BatchWriter({ insert, maxRows: 5, maxAgeMs: 1000 });
    const writes = [1, 2, 3, 4, 5].map((n) => watch(sut.write([row('boots', n)])));
    await jest.advanceTimersByTimeAsync(0);
    expect(writes.map((write) => write.state())).toEqual([
      'resolved',
      'resolved',
      refusal.message,
      'resolved',
      'resolved',
    ]);
    expect(inserted).toEqual([1, 2, 4, 5]);
  });

  it('collects what comes while an insert runs into one batch', async () => {
    const { sut, held } = setUp({ maxRows: 1 });
    watch(sut.write([row('boots', 1)]));
    watch(sut.write([row('boots', 2)]));
    watch(sut.write([row('boots', 3)]));
    expect(held.inserts).toHaveLength(1);
    held.inserts[0]?.acknowledge();
    await jest.advanceTimersByTimeAsync(0);
    expect(held.inserts[1]?.rows).toEqual([{ n: 2 }, { n: 3 }]);
  });

  it('resolves a write without rows at once', async () => {
    const { sut, held } = setUp();
    await sut.write([]);
    await jest.advanceTimersByTimeAsync(2000);
    expect(held.inserts).toHaveLength(0);
  });
});
