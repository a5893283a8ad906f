import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_MIX, KINDS, pick, readMix, rushOf } from './mix.ts';

describe('pick', () => {
  it('gives each kind its share, and a transaction both of its messages', () => {
    const counts = new Map(KINDS.map((kind) => [kind, 0]));
    for (let n = 0; n < 1000; n += 1) {
      const kind = pick(DEFAULT_MIX, n / 1000);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      Heartbeat: 200,
      StatusNotification: 200,
      MeterValues: 400,
      Transaction: 200,
    });
  });

  it('never gives a kind without a weight', () => {
    const weight = fc.nat(5);
    const mixes = fc
      .record({ Heartbeat: weight, StatusNotification: weight, MeterValues: weight, Transaction: weight })
      .filter((mix) => KINDS.some((kind) => mix[kind] > 0));
    fc.assert(
      fc.property(mixes, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (mix, share) => {
        expect(mix[pick(mix, share)]).toBeGreaterThan(0);
      }),
    );
  });
});

describe('rushOf', () => {
  it('has more transactions', () => {
    expect(rushOf(DEFAULT_MIX)).toEqual({ ...DEFAULT_MIX, Transaction: 3 });
  });
});

describe('readMix', () => {
  it('reads weights, and sends nothing that is not named', () => {
    expect(readMix('Heartbeat=2,MeterValues=0.5')).toEqual({
      Heartbeat: 2,
      StatusNotification: 0,
      MeterValues: 0.5,
      Transaction: 0,
    });
  });

  it.each(['Boot=1', 'Heartbeat', 'Heartbeat=-1', 'Heartbeat=0'])('refuses %s', (text) => {
    expect(() => readMix(text)).toThrow(RangeError);
  });
});
