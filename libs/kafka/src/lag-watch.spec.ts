import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { LagWatch, type LagWatchOptions } from './lag-watch.ts';
import type { PartitionLag } from './lag.ts';

function watch({ admin, ...options }: { admin?: Partial<LagWatchOptions['admin']>; onLag?: undefined } = {}): {
  sut: LagWatch;
  seen: (readonly PartitionLag[])[];
} {
  const seen: (readonly PartitionLag[])[] = [];
  const sut = new LagWatch({
    admin: {
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(),
      fetchOffsets: () =>
        Promise.resolve([{ topic: 'a', partitions: [{ partition: 0, offset: '5', metadata: null }] }]),
      fetchTopicOffsets: () => Promise.resolve([{ partition: 0, offset: '7', low: '0', high: '7' }]),
      ...admin,
    },
    groupId: 'group',
    topics: ['a'],
    onLag: (lag) => seen.push(lag),
    intervalMs: 10,
    logger: undefined,
    ...options,
  });
  return { sut, seen };
}

describe(LagWatch.name, () => {
  it('tells the progress of every partition, again and again', async () => {
    const { sut, seen } = watch();
    sut.start();
    while (seen.length < 3) await sleep(5);
    await sut.stop();
    expect(seen[0]).toEqual([{ topic: 'a', partition: 0, lag: 2, position: 5n, end: 7n }]);
  });

  it('tells it although the broker was away at the first look', async () => {
    let tries = 0;
    const connect = (): Promise<void> => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('ECONNREFUSED')) : Promise.resolve();
    };
    const { sut, seen } = watch({ admin: { connect } });
    sut.start();
    while (seen.length < 1) await sleep(5);
    await sut.stop();
    expect(tries).toBeGreaterThan(1);
  });

  it('looks at nothing while a look is under way, and no more once stopped', async () => {
    let looks = 0;
    const { sut } = watch({
      admin: {
        fetchOffsets: async () => {
          looks += 1;
          await sleep(50);
          return [];
        },
      },
    });
    sut.start();
    await sleep(40);
    expect(looks).toBe(1);
    await sut.stop();
    await sleep(50);
    expect(looks).toBe(1);
  });

  it('reads single topics when asked, and nothing in intervals where nobody listens', async () => {
    const asked: unknown[] = [];
    const { sut, seen } = watch({
      onLag: undefined,
      admin: {
        fetchOffsets: ({ topics }) => {
          asked.push(topics);
          return Promise.resolve([{ topic: 'b', partitions: [{ partition: 0, offset: '5', metadata: null }] }]);
        },
      },
    });
    sut.start();
    expect(await sut.progressOf(['b'])).toEqual([{ topic: 'b', partition: 0, lag: 2, position: 5n, end: 7n }]);
    await sleep(30);
    await sut.stop();
    expect(asked).toEqual([['b']]);
    expect(seen).toEqual([]);
  });
});
