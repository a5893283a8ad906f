import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairTurns, type Turn } from './fair-turns.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Everybody of `arrivals` waits, and the order in which they had their turn. */
async function served(sut: FairTurns, arrivals: readonly [source: string, rank: number][]): Promise<string[]> {
  await sut.take('first', 0);
  const order: string[] = [];
  const ends = arrivals.map(([source, rank]) =>
    sut.take(source, rank).then((turn) => turn === 'mine' && order.push(source)),
  );
  for (let n = 0; n < arrivals.length; n++) {
    sut.done();
    await settled();
  }
  sut.done();
  await Promise.race([Promise.all(ends), settled()]);
  return order;
}

describe(FairTurns.name, () => {
  it('S2 goes round between sources, and keeps the order within one', async () => {
    const flood: [string, number][] = Array.from({ length: 6 }, () => ['flood', 0]);
    const order = await served(new FairTurns({ concurrency: 1, queueLimit: 20 }), [
      ...flood,
      ['b', 0],
      ['c', 0],
      ['b', 0],
    ]);
    expect(order.slice(0, 6)).toEqual(['flood', 'b', 'c', 'flood', 'b', 'flood']);
  });

  it('S2 serves lower ranks first, and every eighth time whoever waits longest', async () => {
    const flood: [string, number][] = Array.from({ length: 10 }, () => ['flood', 2]);
    const good: [string, number][] = Array.from({ length: 10 }, (_, n) => [`good-${n}`, 0]);
    const order = await served(new FairTurns({ concurrency: 1, queueLimit: 20 }), [...flood, ...good]);
    expect(order.slice(0, 11).filter((source) => source === 'flood')).toHaveLength(1);
    expect(order[7]).toBe('flood');
    expect(order).toHaveLength(20);
  });

  it('S2 makes room in a full queue at the expense of the longest line of the worst rank', async () => {
    const sut = new FairTurns({ concurrency: 1, queueLimit: 3 });
    await sut.take('first', 0);
    const flood = [1, 2, 3].map(() => sut.take('flood', 0));
    expect(await sut.take('flood', 0)).toBe('busy');
    expect(await sut.take('flood', 1)).toBe('busy');
    const other = sut.take('other', 0);
    expect(await flood[2]).toBe('busy');
    const bad = sut.take('bad', 0);
    expect(await sut.take('more', 0)).toBe('busy');
    sut.done();
    sut.done();
    sut.done();
    expect(await Promise.all([flood[0], other, bad])).toEqual(['mine', 'mine', 'mine']);
  });

  it('S2 lets one source use it all while it is alone', async () => {
    const sut = new FairTurns({ concurrency: 1, queueLimit: 3 });
    await sut.take('only', 0);
    const waiting = [1, 2, 3].map(() => sut.take('only', 0));
    for (let n = 0; n < 3; n++) sut.done();
    expect(await Promise.all(waiting)).toEqual(['mine', 'mine', 'mine']);
  });

  it('S2 frees the place of whoever gives up, without a turn', async () => {
    const sut = new FairTurns({ concurrency: 1, queueLimit: 1 });
    await sut.take('first', 0);
    const abort = new AbortController();
    const gone = sut.take('a', 0, abort.signal);
    abort.abort();
    expect(await gone).toBe('gone');
    expect(await sut.take('a', 0, abort.signal)).toBe('gone');
    const next = sut.take('b', 0);
    sut.done();
    expect(await next).toBe('mine');
  });

  it('hands out no more turns at once than it has, and loses none, whoever comes and goes', async () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('take', 'done', 'abort'), fc.nat(4), fc.nat(2)), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const sut = new FairTurns({ concurrency: 2, queueLimit: 4 });
        const waiting: { abort: AbortController; turn: Promise<Turn>; end?: Turn }[] = [];
        let done = 0;
        const mine = (): number => waiting.filter(({ end }) => end === 'mine').length;
        for (const [what, source, rank] of plan) {
          if (what === 'done' && mine() > done) {
            done += 1;
            sut.done();
          }
          if (what === 'abort') waiting[source]?.abort.abort();
          if (what === 'take') {
            const abort = new AbortController();
            const entry: (typeof waiting)[number] = { abort, turn: sut.take(String(source), rank, abort.signal) };
            void entry.turn.then((end) => (entry.end = end));
            waiting.push(entry);
          }
          await Promise.resolve();
          await Promise.resolve();
          await Promise.resolve();
          expect(mine() - done).toBeLessThanOrEqual(2);
        }
        for (; mine() > done; done++) {
          sut.done();
          await settled();
        }
        await settled();
        expect(waiting.every(({ end }) => end !== undefined)).toBe(true);
        expect(await sut.take('last', 2)).toBe('mine');
      }),
      { numRuns: 50 },
    );
  });
});
