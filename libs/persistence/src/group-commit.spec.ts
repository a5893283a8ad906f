import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { GroupCommit, type GroupCommitOptions } from './group-commit.ts';

/** Commits that end when asked to. */
function setUp(options: Partial<GroupCommitOptions<string>> = {}) {
  const begun: { items: readonly string[]; done: PromiseWithResolvers<void> }[] = [];
  const waits: (readonly number[])[] = [];
  let splits = 0;
  const sut = new GroupCommit<string>({
    commit: (items) => {
      const done = Promise.withResolvers<void>();
      begun.push({ items, done });
      return done.promise;
    },
    observer: { began: (seconds) => waits.push(seconds), split: () => (splits += 1) },
    ...options,
  });
  const items = () => begun.map((one) => one.items);
  const end = async (index: number) => {
    begun[index]?.done.resolve();
    await sleep(0);
  };
  const fail = async (index: number, error: Error) => {
    begun[index]?.done.reject(error);
    await sleep(0);
  };
  return { sut, items, end, fail, waits, splits: () => splits };
}

/** Whether a promise is settled by now, and how. */
async function state(promise: Promise<void>): Promise<string> {
  return Promise.race([promise.then(() => 'committed').catch((error: Error) => error.message), sleep(0, 'waits')]);
}

const postgresAway = Object.assign(new Error('postgres away'), { code: '57P01' });

describe(GroupCommit.name, () => {
  it('commits at once while a transaction is free', () => {
    const { sut, items } = setUp();
    void sut.add(['a']);
    void sut.add(['b']);
    expect(items()).toEqual([['a'], ['b']]);
  });

  it('gathers what comes while all transactions are busy, and commits it together in the order in which it came', async () => {
    const { sut, items, end, waits } = setUp();
    for (const item of ['a', 'b', 'c', 'd', 'e']) void sut.add([item]);
    await end(0);
    expect(items()).toEqual([['a'], ['b'], ['c', 'd', 'e']]);
    expect(waits.map((seconds) => seconds.length)).toEqual([1, 1, 3]);
    expect(waits.flat().every((seconds) => seconds >= 0 && seconds < 30)).toBe(true);
  });

  it('begins transactions at its pace, and the first after a pause at once', () => {
    jest.useFakeTimers();
    try {
      const { sut, items } = setUp({ paceMs: 8 });
      for (const item of ['a', 'b', 'c']) void sut.add([item]);
      expect(items()).toEqual([['a']]);
      jest.advanceTimersByTime(7);
      void sut.add(['d']);
      expect(items()).toEqual([['a']]);
      jest.advanceTimersByTime(1);
      expect(items()).toEqual([['a'], ['b', 'c', 'd']]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('waits for a free transaction and for its pace', async () => {
    const { sut, items, end } = setUp({ paceMs: 1, inFlight: 1 });
    void sut.add(['a']);
    void sut.add(['b']);
    await sleep(20);
    expect(items()).toEqual([['a']]);
    await end(0);
    await sleep(20);
    expect(items()).toEqual([['a'], ['b']]);
  });

  it('answers nobody before the COMMIT that carries what it said', async () => {
    const { sut, end } = setUp({ inFlight: 1 });
    const [first, second, third] = [sut.add(['a']), sut.add(['b']), sut.add(['c'])];
    expect(await state(first)).toBe('waits');
    await end(0);
    expect([await state(first), await state(second), await state(third)]).toEqual(['committed', 'waits', 'waits']);
    await end(1);
    expect([await state(second), await state(third)]).toEqual(['committed', 'committed']);
  });

  it('carries no more than its limit, but keeps together what belongs together', async () => {
    const { sut, items, end } = setUp({ inFlight: 1, limit: 3 });
    for (const share of [['a'], ['b', 'c'], ['d', 'e'], ['f', 'g', 'h', 'i'], ['j']]) void sut.add(share);
    for (let index = 0; index < 4; index += 1) await end(index);
    expect(items()).toEqual([['a'], ['b', 'c'], ['d', 'e'], ['f', 'g', 'h', 'i'], ['j']]);
    for (const share of [['k'], ['l', 'm'], ['n']]) void sut.add(share);
    await end(4);
    expect(items().at(-1)).toEqual(['k', 'l', 'm']);
  });

  it('fails all of a transaction when Postgres is away, and tries nothing again', async () => {
    const { sut, items, fail, splits } = setUp({ inFlight: 1 });
    const settled = Promise.allSettled(['a', 'b', 'c', 'd'].map((item) => sut.add([item])));
    await fail(0, new Error('refused'));
    await fail(1, postgresAway);
    const reasons = (await settled).map((result) => result.status === 'rejected' && (result.reason as Error).message);
    expect(reasons).toEqual(['refused', 'postgres away', 'postgres away', 'postgres away']);
    expect(items()).toHaveLength(2);
    expect(splits()).toBe(0);
  });

  it('fails what waited too long for a Postgres that takes nothing, and goes on with the rest', async () => {
    const { sut, items, end, fail } = setUp({ inFlight: 1, maxWaitMs: 40 });
    sut.add(['a']).catch(() => undefined);
    const overdue = sut.add(['b']).catch((error: Error) => error.message);
    await sleep(60);
    const fresh = sut.add(['c']);
    await fail(0, postgresAway);
    expect(await overdue).toBe('no transaction was free in time');
    await end(1);
    expect(await state(fresh)).toBe('committed');
    expect(items()).toEqual([['a'], ['c']]);
  });

  it('lets all wait, however long, while Postgres takes one after the other', async () => {
    const { sut, items, end } = setUp({ inFlight: 1, limit: 1, maxWaitMs: 20 });
    const all = ['a', 'b', 'c'].map((item) => sut.add([item]));
    for (const index of [0, 1, 2]) {
      await sleep(30);
      await end(index);
    }
    await Promise.all(all);
    expect(items()).toEqual([['a'], ['b'], ['c']]);
  });

  it('takes low ranks first, once not all fit, and each rank in its order', async () => {
    const rankOf = ([item = '']: readonly string[]): number => (item.startsWith('bill') ? 0 : 1);
    const { sut, items, end } = setUp({ inFlight: 1, limit: 2, rankOf });
    for (const item of ['status 1', 'status 2', 'bill 1', 'status 3', 'bill 2', 'bill 3']) void sut.add([item]);
    for (const index of [0, 1, 2]) await end(index);
    expect(items()).toEqual([['status 1'], ['bill 1', 'bill 2'], ['bill 3', 'status 2'], ['status 3']]);
  });

  it('finds one that is refused among fifty in few steps', async () => {
    let tries = 0;
    const sut = new GroupCommit<number>({
      inFlight: 1,
      commit: async (items) => {
        tries += 1;
        await sleep(0);
        if (items.includes(13)) throw new Error('refused');
      },
    });
    void sut.add([-1]);
    const shares = Array.from({ length: 50 }, (_, item) => sut.add([item]));
    const settled = await Promise.allSettled(shares);
    expect(settled.flatMap(({ status }, item) => (status === 'rejected' ? [item] : []))).toEqual([13]);
    expect(tries).toBeLessThan(16);
  });

  it('tries each alone where one waited for a lock in vain, so that it is waited for once more at most', async () => {
    const tries: (readonly string[])[] = [];
    const sut = new GroupCommit<string>({
      inFlight: 1,
      commit: async (items) => {
        tries.push(items);
        await sleep(0);
        if (items.includes('locked')) throw Object.assign(new Error('lock timeout'), { code: '55P03' });
      },
    });
    const settled = await Promise.allSettled(['a', 'b', 'c', 'locked', 'd'].map((item) => sut.add([item])));
    expect(settled.map(({ status }) => status === 'rejected')).toEqual([false, false, false, true, false]);
    expect(tries).toEqual([['a'], ['b', 'c', 'locked', 'd'], ['b'], ['c'], ['locked'], ['d']]);
  });

  it('commits each share once and whole unless it is itself refused, within its bounds, whatever comes when', async () => {
    const share = fc.record({
      size: fc.integer({ min: 1, max: 4 }),
      refused: fc.boolean(),
      pause: fc.boolean(),
    });
    const bounds = fc.record({ inFlight: fc.integer({ min: 1, max: 3 }), limit: fc.integer({ min: 1, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(share, { maxLength: 30 }), bounds, async (shares, { inFlight, limit }) => {
        const committed: number[] = [];
        const firstTries: number[] = [];
        let open = 0;
        const sut = new GroupCommit<number>({
          inFlight,
          limit,
          commit: async (items) => {
            expect((open += 1)).toBeLessThanOrEqual(inFlight);
            expect(items.length <= limit || new Set(items).size === 1).toBe(true);
            firstTries.push(...[...new Set(items)].filter((item) => !firstTries.includes(item)));
            await sleep(0);
            open -= 1;
            if (items.some((item) => shares[item]?.refused)) throw new Error('refused');
            committed.push(...items);
          },
        });
        const settled: Promise<PromiseSettledResult<void>>[] = [];
        for (const [index, { size, pause }] of shares.entries()) {
          const added = sut.add(Array<number>(size).fill(index)).then(() => expect(committed).toContain(index));
          settled.push(Promise.allSettled([added]).then(([result]) => result));
          if (pause) await sleep(0);
        }
        const refused = (await Promise.all(settled)).map(({ status }) => status === 'rejected');
        expect(refused).toEqual(shares.map((one) => one.refused));
        const whole = shares.flatMap((one, index) => (one.refused ? [] : Array<number>(one.size).fill(index)));
        expect(committed.toSorted((one, other) => one - other)).toEqual(whole);
        expect(firstTries).toEqual(shares.map((_, index) => index));
      }),
      { numRuns: 60 },
    );
  });
});
