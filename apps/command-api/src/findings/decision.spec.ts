import { describe, expect, it } from '@jest/globals';
import type { Finding } from '@ocpp-gw/conversation';
import type { FoundFinding, LookedAt } from '@ocpp-gw/persistence';
import fc from 'fast-check';
import { changesOf, dueOf, longestWaitMs, shortOf, type Candidate } from './decision.ts';

const MINUTE = 60_000;
const NOW = new Date('2026-12-01T12:00:00Z');
const ago = (minutes: number): Date => new Date(NOW.getTime() - minutes * MINUTE);

const found = (finding: string): FoundFinding => ({
  ...{ finding, severity: 'warning', firstSeenAt: NOW, lastSeenAt: NOW, count: 1, details: [], frameEventIds: [] },
});

describe('changesOf', () => {
  it.each([
    ['nothing is found, and nothing was', [], [], { opened: [], seen: [], ended: [] }],
    ['it is found for the first time', [], ['a'], { opened: ['a'], seen: [], ended: [] }],
    ['it is found again', ['a'], ['a'], { opened: [], seen: ['a'], ended: [] }],
    ['it is not found any more', ['a'], [], { opened: [], seen: [], ended: ['a'] }],
    ['one comes, one stays, one goes', ['a', 'b'], ['b', 'c'], { opened: ['c'], seen: ['b'], ended: ['a'] }],
  ])('%s', (_, open, shown, expected) => {
    const { opened, seen, ended } = changesOf(open, shown.map(found));
    const names = (all: readonly FoundFinding[]): string[] => all.map(({ finding }) => finding);
    expect({ opened: names(opened), seen: names(seen), ended }).toEqual(expected);
  });

  it('leaves open what is found and nothing else, and changes nothing by the same look again', () => {
    const kinds = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(kinds, kinds, (open, shown) => {
        const { opened, seen, ended } = changesOf(open, shown.map(found));
        const after = [...open.filter((each) => !ended.includes(each)), ...opened.map(({ finding }) => finding)];
        expect(after.toSorted()).toEqual(shown.toSorted());
        expect([...opened, ...seen].length).toBe(shown.length);
        expect(changesOf(after, shown.map(found))).toMatchObject({ opened: [], ended: [] });
      }),
    );
  });
});

describe('dueOf', () => {
  const candidate = (newestAt: Date | null): Candidate => ({ cpId: 'CP', newestAt });
  const look = (lookedAt: Date, newestAt: Date | null): LookedAt => ({ cpId: 'CP', lookedAt, newestAt });

  it.each([
    ['it was never looked at', ago(1), null, true],
    ['it has said something since', ago(0.1), look(ago(0.2), ago(1)), true],
    ['it has said something, and nothing was known of it before', ago(3), look(ago(0.2), null), true],
    ['it has said nothing since a look a moment ago', ago(1), look(ago(0.5), ago(1)), false],
    ['it has said nothing for a minute after the look', ago(2), look(ago(1), ago(2)), true],
    ['it had been quiet for ten minutes, and was looked at four minutes ago', ago(14), look(ago(4), ago(14)), false],
    ['it had been quiet for ten minutes, and was looked at five minutes ago', ago(15), look(ago(5), ago(15)), true],
    [
      'it has been quiet for a day, and was looked at a quarter of an hour ago',
      ago(1440),
      look(ago(15), ago(1440)),
      true,
    ],
    ['only its open findings are known, and it was looked at a moment ago', null, look(ago(14), ago(90)), false],
    ['only its open findings are known, and it was looked at long ago', null, look(ago(15), ago(90)), true],
  ])('%s', (_, newestAt, known, isDue) => {
    expect(dueOf([candidate(newestAt)], known ? [known] : [], NOW)).toHaveLength(isDue ? 1 : 0);
  });

  it('begins with those that were never looked at, and goes on with the oldest look', () => {
    const cpIds = ['new', 'young', 'old'];
    const looks = [
      { ...look(ago(1), ago(9)), cpId: 'young' },
      { ...look(ago(8), ago(9)), cpId: 'old' },
    ];
    const all = cpIds.toReversed().map((cpId) => ({ ...candidate(ago(0)), cpId }));
    expect(dueOf(all, looks, NOW).map(({ cpId }) => cpId)).toEqual(['new', 'old', 'young']);
  });

  it('gets to every charge point, however many there are and however few fit into a pass', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5 }), (points, fit) => {
        const all = Array.from({ length: points }, (_, n) => ({ cpId: `CP-${n}`, newestAt: ago(0) }));
        let looks: LookedAt[] = [];
        for (let pass = 0; pass < Math.ceil(points / fit); pass += 1) {
          const now = new Date(NOW.getTime() + pass);
          const taken = dueOf(all, looks, now).slice(0, fit);
          const seen = new Set(taken.map(({ cpId }) => cpId));
          const written = taken.map(({ cpId }) => ({ cpId, lookedAt: now, newestAt: ago(1) }));
          looks = [...looks.filter(({ cpId }) => !seen.has(cpId)), ...written];
        }
        expect(looks).toHaveLength(points);
      }),
    );
  });
});

it('says for how long the one has waited that has waited the longest', () => {
  expect(longestWaitMs([], NOW)).toBe(0);
  const due = [
    { cpId: 'a', newestAt: ago(1), lookedAt: ago(3) },
    { cpId: 'b', newestAt: ago(2), lookedAt: null },
  ];
  expect(longestWaitMs(due, NOW)).toBe(3 * MINUTE);
  expect(longestWaitMs([{ cpId: 'c', newestAt: new Date(NOW.getTime() + 5), lookedAt: null }], NOW)).toBe(0);
});

it('keeps the first three sentences and five frames of a finding', () => {
  const frames = Array.from({ length: 9 }, (_, n) => ({ eventId: `e${n}` }));
  const whole = { id: 'meter-gap', severity: 'warning', since: ago(2), until: ago(1), count: 2 ** 40, frames };
  expect(shortOf({ ...whole, details: ['1', '2', '3', '4'] } as unknown as Finding)).toEqual({
    ...{ finding: 'meter-gap', severity: 'warning', firstSeenAt: ago(2), lastSeenAt: ago(1), count: 2 ** 31 - 1 },
    ...{ details: ['1', '2', '3'], frameEventIds: ['e0', 'e1', 'e2', 'e3', 'e4'] },
  });
});
