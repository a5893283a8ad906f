import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { KeyedQueue } from './keyed-queue.ts';

describe(KeyedQueue.name, () => {
  it('runs work of one key in the order in which it came, and other keys beside it', async () => {
    const sut = new KeyedQueue();
    const done: string[] = [];
    const work = (name: string, ms: number) => async () => {
      await sleep(ms);
      done.push(name);
      return name;
    };
    const turns = [
      sut.run('A', work('a1', 30)),
      sut.run('A', work('a2', 1)),
      sut.run('B', work('b1', 1)),
      sut.run('A', work('a3', 1)),
    ];
    expect(await Promise.all(turns)).toEqual(['a1', 'a2', 'b1', 'a3']);
    expect(done).toEqual(['b1', 'a1', 'a2', 'a3']);
  });

  it('goes on after work that failed, and tells whose it was', async () => {
    const sut = new KeyedQueue();
    const failed = sut.run('A', () => Promise.reject(new Error('postgres away')));
    const next = sut.run('A', () => Promise.resolve('next'));
    await expect(failed).rejects.toThrow('postgres away');
    expect(await next).toBe('next');
  });

  it('is idle once nothing waits, what came meanwhile and what failed included', async () => {
    const sut = new KeyedQueue();
    const done: string[] = [];
    void sut.run('A', async () => {
      await sleep(5);
      void sut.run('B', () => sleep(5).then(() => done.push('b')));
      done.push('a');
    });
    sut.run('C', () => Promise.reject(new Error('postgres away'))).catch(() => done.push('c'));
    await sut.idle();
    expect(done).toEqual(['c', 'a', 'b']);
  });
});
