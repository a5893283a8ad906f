import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RankedQueue, type Waiting } from './ranked-queue.ts';

interface Named extends Waiting {
  name: number;
}

const one = fc.record({
  rank: fc.integer({ min: 0, max: 2 }),
  size: fc.integer({ min: 1, max: 4 }),
  gapMs: fc.integer({ min: 0, max: 900 }),
});

function queueOf(ones: readonly { rank: number; size: number; gapMs: number }[]): {
  sut: RankedQueue<Named>;
  all: Named[];
  now: number;
} {
  const sut = new RankedQueue<Named>();
  let now = 0;
  const all = ones.map(({ rank, size, gapMs }, name) => {
    now += gapMs;
    return { name, rank, since: now, items: Array<number>(size).fill(name) };
  });
  for (const each of all) sut.add(each);
  return { sut, all, now };
}

describe(RankedQueue.name, () => {
  it('gives each once, within the limit unless it is one alone, and each rank in the order in which it came', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), fc.integer({ min: 1, max: 6 }), (ones, limit) => {
        const { sut, all, now } = queueOf(ones);
        const taken: Named[] = [];
        while (sut.length > 0) {
          const together = sut.take(limit, now);
          expect(together.length === 1 || together.flatMap(({ items }) => items).length <= limit).toBe(true);
          taken.push(...together);
        }
        for (const rank of [0, 1, 2])
          expect(taken.filter((each) => each.rank === rank)).toEqual(all.filter((each) => each.rank === rank));
        expect(taken).toHaveLength(all.length);
        expect(sut.take(limit, now)).toEqual([]);
      }),
    );
  });

  it('lets no rank wait longer than two seconds for those before it', () => {
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 40 }), (ones) => {
        const { sut, all, now } = queueOf(ones);
        const oldest = all.find(({ since }) => since < now - 2_000);
        const first = sut.take(1, now)[0];
        if (oldest) expect(first?.since).toBe(oldest.since);
        else expect(first?.rank).toBe(Math.min(...all.map(({ rank }) => rank)));
      }),
    );
  });

  it('gives up those that wait since before a time', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), fc.integer({ min: 0, max: 9_000 }), (ones, time) => {
        const { sut, all } = queueOf(ones);
        const names = sut.takeOlder(time).map(({ name }) => name);
        expect(new Set(names)).toEqual(new Set(all.filter(({ since }) => since < time).map(({ name }) => name)));
        expect(sut.length).toBe(all.length - names.length);
      }),
    );
  });
});
