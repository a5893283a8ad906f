import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { SharedLookup } from './shared-lookup.ts';

/** Queries that end when asked to. */
function setUp(refused: readonly string[] = []) {
  const queries: { asked: readonly string[]; done: PromiseWithResolvers<void> }[] = [];
  const sut = new SharedLookup<string, string>(async (asked) => {
    const done = Promise.withResolvers<void>();
    queries.push({ asked, done });
    await done.promise;
    if (asked.some((one) => refused.includes(one))) throw new Error('refused');
    return asked.map((one) => one.toUpperCase());
  });
  const asked = () => queries.map((query) => query.asked);
  const endAll = async () => {
    for (let ended = 0; ended < queries.length; ended += 1) {
      queries[ended]?.done.resolve();
      await sleep(0);
    }
  };
  return { sut, asked, endAll };
}

describe(SharedLookup.name, () => {
  it('asks at once while no query is under way, and gathers what comes meanwhile into one', async () => {
    const { sut, asked, endAll } = setUp();
    const found = Promise.all(['a', 'b', 'c', 'b'].map((one) => sut.find(one)));
    expect(asked()).toEqual([['a']]);
    await endAll();
    expect(asked()).toEqual([['a'], ['b', 'c', 'b']]);
    expect(await found).toEqual(['A', 'B', 'C', 'B']);
  });

  it('fails only the one that is refused', async () => {
    const { sut, endAll } = setUp(['c']);
    const found = Promise.allSettled(['a', 'b', 'c', 'd'].map((one) => sut.find(one)));
    await endAll();
    expect((await found).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });
});
