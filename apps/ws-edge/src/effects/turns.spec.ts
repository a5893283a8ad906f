import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Turns } from './turns.ts';

describe(Turns.name, () => {
  it('runs work of one key in the order in which it came, and other keys beside it', async () => {
    const sut = new Turns();
    const done: string[] = [];
    const work = (name: string, ms: number) => async () => {
      await sleep(ms);
      done.push(name);
      return name;
    };
    const turns = [
      sut.take('A', work('a1', 30)),
      sut.take('A', work('a2', 1)),
      sut.take('B', work('b1', 1)),
      sut.take('A', work('a3', 1)),
    ];
    expect(await Promise.all(turns)).toEqual(['a1', 'a2', 'b1', 'a3']);
    expect(done).toEqual(['b1', 'a1', 'a2', 'a3']);
  });

  it('goes on after work that failed, and tells whose it was', async () => {
    const sut = new Turns();
    const failed = sut.take('A', () => Promise.reject(new Error('postgres away')));
    const next = sut.take('A', () => Promise.resolve('next'));
    await expect(failed).rejects.toThrow('postgres away');
    expect(await next).toBe('next');
  });
});
