import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { TopicPartitionOffset } from 'kafkajs';
import { OffsetCommits } from './offset-commits.ts';

const at = (partition: number, offset: number): TopicPartitionOffset => ({
  topic: 't',
  partition,
  offset: String(offset),
});

describe('OffsetCommits', () => {
  const committed: TopicPartitionOffset[][] = [];
  let answer: () => Promise<void>;
  let sut: OffsetCommits;

  beforeEach(() => {
    jest.useFakeTimers();
    committed.length = 0;
    answer = () => Promise.resolve();
    sut = new OffsetCommits((offsets) => {
      committed.push(offsets);
      return answer();
    });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('commits the last offset of each partition, all in one request', async () => {
    sut.add(at(0, 1));
    sut.add(at(1, 7));
    sut.add(at(0, 2));
    await jest.advanceTimersByTimeAsync(100);
    expect(committed).toEqual([[at(0, 2), at(1, 7)]]);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(committed).toHaveLength(1);
  });

  it('tries again what was not committed, without turning back what came meanwhile', async () => {
    answer = () => Promise.reject(new Error('coordinator away'));
    sut.add(at(0, 1));
    sut.add(at(1, 7));
    const failing = sut.flush();
    sut.add(at(0, 2));
    await failing;
    answer = () => Promise.resolve();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(committed.slice(1).flat()).toEqual(expect.arrayContaining([at(0, 2), at(1, 7)]));
    expect(committed.slice(1).flat()).not.toContainEqual(at(0, 1));
  });

  it('never has two requests out, so that none overtakes another', async () => {
    const first = Promise.withResolvers<void>();
    answer = () => first.promise;
    sut.add(at(0, 1));
    void sut.flush();
    await Promise.resolve();
    sut.add(at(0, 2));
    const second = sut.flush();
    await jest.advanceTimersByTimeAsync(500);
    expect(committed).toEqual([[at(0, 1)]]);
    first.resolve();
    await second;
    expect(committed).toEqual([[at(0, 1)], [at(0, 2)]]);
  });

  it('commits nothing of partitions that it may have lost', async () => {
    sut.add(at(0, 1));
    sut.forget();
    await sut.flush();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(committed).toEqual([]);
  });
});
