import { describe, expect, it } from '@jest/globals';
import { DeviationTally, type Deviation } from './deviation-tally.ts';

const kind: Deviation = { action: 'MeterValues', rule: 'text-for-number', direction: 'request' };
const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));

describe(DeviationTally.name, () => {
  it('gives a new kind at once, and what is counted since once an hour', () => {
    const sut = new DeviationTally();
    sut.add(kind, at(0));
    expect(sut.take(at(1), false)).toEqual([{ ...kind, count: 1, firstAt: at(0), lastAt: at(0) }]);
    for (let minute = 2; minute < 60; minute++) {
      sut.add(kind, at(minute));
      expect(sut.take(at(minute), false)).toEqual([]);
    }
    expect(sut.take(at(61), false)).toEqual([{ ...kind, count: 58, firstAt: at(2), lastAt: at(59) }]);
    expect(sut.take(at(200), true)).toEqual([]);
  });

  it('gives everything at the end of the connection', () => {
    const sut = new DeviationTally();
    sut.add(kind, at(0));
    sut.take(at(0), false);
    sut.add(kind, at(1));
    expect(sut.take(at(2), true)).toMatchObject([{ count: 1, firstAt: at(1) }]);
  });

  it('tells actions, rules and directions apart', () => {
    const sut = new DeviationTally();
    const kinds: Deviation[] = [
      kind,
      { ...kind, action: 'BootNotification' },
      { ...kind, rule: 'null-for-absent' },
      { ...kind, direction: 'answer' },
    ];
    for (const one of kinds) sut.add(one, at(0));
    expect(sut.take(at(0), false)).toMatchObject(kinds);
  });

  it('counts all that a charge point does, and tells a hundred kinds apart', () => {
    const sut = new DeviationTally();
    for (let n = 0; n < 1_000; n++) sut.add({ ...kind, action: `Action${n}` }, at(0));
    const taken = sut.take(at(0), false);
    expect(taken.length).toBe(101);
    expect(taken.at(-1)).toMatchObject({ action: 'other', count: 900 });
  });
});
