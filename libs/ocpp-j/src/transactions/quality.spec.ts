import { describe, expect, it } from '@jest/globals';
import { clockSkewSeconds, qualityOf } from './quality.ts';
import { inferEnd } from './ledger.ts';
import { StationUnderTest, UNSET, minute } from './testdata/station.ts';

/** An ordinary session of 1.6, with `more` between its start and its stop. */
function session(more: (sut: StationUnderTest, id: string) => void = () => undefined, stopWh: number | null = 2000) {
  const sut = new StationUnderTest();
  const id = sut.start({ wh: 1000 });
  more(sut, id);
  if (stopWh !== null) sut.stop(id, { wh: stopWh });
  return sut.of(id);
}

const steady = (sut: StationUnderTest, id: string) => {
  sut.reading(id, 1, 1300);
  sut.reading(id, 1, 1600);
};

describe('qualityOf', () => {
  it('finds nothing wrong with an ordinary session', () => {
    expect(qualityOf(session(steady))).toEqual([]);
  });

  it.each<[string, ReturnType<typeof session>]>([
    ['estimated_by_interval', session()],
    ['register_reset', session(steady, 40)],
    ['reading_implausible', session((sut, id) => (steady(sut, id), sut.reading(id, 1, 99_999_999)))],
    ['reading_implausible', session((sut, id) => (steady(sut, id), sut.reading(id, 1, 99_999_999)), null)],
    ['reading_implausible', session((sut, id) => (steady(sut, id), sut.reading(id, 1, 0)))],
    ['reading_implausible', session((sut, id) => (steady(sut, id), sut.reading(id, 1, 1400)))],
    ['end_inferred', inferEnd(session(steady, null), 'silence', 0)],
  ])('flags %s', (flag, transaction) => {
    expect(qualityOf(transaction)).toEqual([flag]);
  });

  it('flags a start whose time was assumed, and messages that are missing', () => {
    const sut = new StationUnderTest();
    sut.event('started', '1', 0, { at: UNSET, samples: [[0]] });
    sut.event('updated', '1', 2, { samples: [[10]] });
    expect(qualityOf(sut.of('1'))).toEqual(['start_assumed', 'messages_missing']);
    sut.event('updated', '1', 1, { at: 2.5, samples: [[10]] });
    expect(qualityOf(sut.of('1'))).toEqual(['start_assumed']);
  });

  it('counts what was drawn from when the first register was read, where the start has none', () => {
    const sut = new StationUnderTest();
    sut.event('started', '1', 0, { at: 0 });
    sut.event('updated', '1', 1, { at: 10, samples: [[1000]] });
    sut.event('updated', '1', 2, { at: 20, samples: [[2000]] });
    expect(sut.of('1').curve?.points).toEqual([
      [minute(10), 0],
      [minute(20), 1000],
    ]);
    sut.event('ended', '1', 3, { at: 20 });
    expect(qualityOf(sut.of('1'))).toContain('estimated_by_interval');
  });

  it('flags a session that was corrected after its end', () => {
    const sut = new StationUnderTest();
    const id = sut.start({ wh: 1000 });
    steady(sut, id);
    sut.stop(id, { wh: 2000, reason: 'PowerLoss' });
    expect(qualityOf(sut.of(id))).toEqual([]);
    sut.stop(id, { wh: 2500 });
    expect(qualityOf(sut.of(id))).toEqual(['corrected']);
  });

  it('takes a flag back with a higher revision', () => {
    const sut = new StationUnderTest();
    sut.event('started', '1', 0, { samples: [[0, 'Transaction.Begin']] });
    sut.event('updated', '1', 1, { samples: [[500]] });
    sut.event('ended', '1', 3, { samples: [[1000, 'Transaction.End']] });
    const { revision } = sut.of('1');
    expect(qualityOf(sut.of('1'))).toEqual(['messages_missing']);
    sut.event('updated', '1', 2, { at: 2.5, samples: [[800]] });
    expect(qualityOf(sut.of('1'))).toEqual([]);
    expect(sut.of('1').revision).toBe(revision + 1);
  });

  it('takes an implausible reading back once the end shows that it was right', () => {
    const sut = new StationUnderTest();
    const id = sut.start({ wh: 1000 });
    sut.reading(id, 1, 1500);
    sut.reading(id, 1, 160_000);
    expect(qualityOf(sut.of(id))).toEqual(['reading_implausible']);
    sut.stop(id, { wh: 170_000, at: 60 });
    expect(qualityOf(sut.of(id))).not.toContain('reading_implausible');
  });

  it('says nothing of a stop without a transaction', () => {
    const sut = new StationUnderTest();
    sut.stop(null, { wh: 5 });
    expect(sut.ledger.transactions.flatMap(qualityOf)).toEqual([]);
  });
});

describe('clockSkewSeconds', () => {
  it.each<[number, number | null]>([
    [0, null],
    [300_000, null],
    [300_001, 300],
    [-60_000, null],
    [-90_000, -90],
  ])('of messages that came %d ms late is %p', (delayMs, seconds) => {
    const sut = new StationUnderTest();
    const id = sut.start({ more: { delayMs: delayMs + 5000 } });
    sut.stop(id, { wh: 5, more: { delayMs } });
    expect(clockSkewSeconds(sut.of(id))).toBe(seconds);
    expect(qualityOf(sut.of(id)).includes('clock_skew')).toBe(seconds !== null);
  });
});
