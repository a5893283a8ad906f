import { describe, expect, it } from '@jest/globals';
import { changesOf } from './ledger.ts';
import { suspectAfterBoot } from './suspects.ts';
import { endedAt } from './published.ts';
import { minute, StationUnderTest, UNSET } from './testdata/station.ts';

describe('OCPP 1.6: what is reported in another order, at another place, or once more', () => {
  const station = (): StationUnderTest => new StationUnderTest();
  const records = (sut: StationUnderTest) => sut.ledger.transactions.filter((each) => each.unassigned !== null);
  const boot = (sut: StationUnderTest): void => {
    sut.ledger = changesOf(sut.ledger, suspectAfterBoot(sut.ledger.transactions, minute(sut.clock))).ledger;
  };

  describe('a reading that names a transaction', () => {
    const none = { is: 'unassigned', transactionId: null };

    it('T6 is none of it where the next one there has passed that register', () => {
      const sut = station();
      const a = sut.start({ tag: 'A', wh: 1000, at: 0 });
      sut.reading(a, 1, 2500, { at: 10 });
      sut.start({ tag: 'B', wh: 4000, at: 60 });
      expect(sut.reading(a, 1, 6000, { at: 50 })).toMatchObject(none);
      expect(sut.reading(a, 1, 3900, { at: 50 })).toMatchObject({ is: 'this' });
      expect(sut.bills()).toMatchObject([{ tag: 'A', wh: 2900 }, { tag: 'B' }]);
    });

    it.each([
      ['by the clock', 90],
      ['by arrival, where the clock tells nothing', UNSET],
    ])('T6 is none of it once the next one has begun there, each counting from 0: %s', (_, at) => {
      const sut = station();
      const a = sut.start({ tag: 'A', at: at ?? 0 });
      sut.reading(a, 1, 3000, { at: at ?? 0 });
      sut.start({ tag: 'B', at: at === UNSET ? UNSET : 95 });
      for (const wh of [500, 900, 1200])
        expect(sut.reading(a, 1, wh, { at: at === UNSET ? UNSET : 100 })).toMatchObject(none);
      expect(sut.of(a).end).toMatchObject({ inferred: 'newer_start' });
    });

    it('T6 is none of it after an end without a register', () => {
      const sut = station();
      const a = sut.start({ tag: 'A', wh: 1000, at: 0 });
      sut.reading(a, 1, 2000, { at: 10 });
      sut.stop(a, { at: 11 });
      expect(sut.reading(a, 1, 5000, { at: 40 })).toMatchObject(none);
      expect(sut.bills()).toMatchObject([{ wh: 1000 }]);
    });

    it('is none of it at another connector, and moves it nowhere', () => {
      const sut = station();
      const a = sut.start({ tag: 'A', connector: 1, wh: 1000 });
      const b = sut.start({ tag: 'B', connector: 2, wh: 5000 });
      expect(sut.reading(a, 2, 9000)).toMatchObject(none);
      expect([sut.of(a).evseId, sut.of(b).evseId]).toEqual([1, 2]);
      expect(sut.bills().map(({ wh }) => wh)).toEqual([null, null]);
    });
  });

  describe('a stop', () => {
    it('T3 that names an ended transaction is not that of another driver elsewhere, unless its tag is reported', () => {
      const sut = station();
      const a = sut.start({ tag: 'A', connector: 1, at: 0 });
      sut.stop(a, { wh: 1000, at: 10 });
      const b = sut.start({ tag: 'B', connector: 2, wh: 500, at: 20 });
      expect(sut.stop(a, { wh: 1200, at: 50 })).toMatchObject({ is: 'unassigned', why: 'several_transactions_fit' });
      expect(records(sut)).toHaveLength(1);
      expect(sut.of(b).state).toBe('active');
      expect(sut.stop(a, { wh: 1300, at: 60, tag: 'B' })).toEqual({ is: 'this', transactionId: b });
    });

    it('T3 that was found to be another’s end is a repetition when it comes again', () => {
      const sut = station();
      const nine = sut.start({ tag: 'CARD1', at: 0 });
      sut.stop(nine, { wh: 1000, at: 10 });
      const ten = sut.start({ tag: 'CARD1', wh: 1000, at: 20 });
      expect(sut.stop(nine, { wh: 9000, tag: 'CARD1', at: 50 })).toEqual({ is: 'this', transactionId: ten });
      const { ledger } = sut;
      expect(sut.stop(nine, { wh: 9000, tag: 'CARD1', at: 50 })).toEqual({ is: 'repetition', transactionId: ten });
      expect(sut.ledger).toBe(ledger);
    });

    it.each([
      ['no tag', undefined, 'A'],
      ['the tag of both', 'B', 'B'],
    ])('T6 that names none is that of the later one there, each counting from 0: %s', (_, tag, first) => {
      const sut = station();
      const a = sut.start({ tag: first, at: 0 });
      const b = sut.start({ tag: 'B', at: 60 });
      expect(sut.stop(null, { wh: 700, at: 90, ...(tag && { tag }) })).toEqual({ is: 'this', transactionId: b });
      expect(sut.of(a).end).toMatchObject({ inferred: 'newer_start' });
    });

    it('T6 that names none is that of the later one there by arrival, where the clock tells nothing', () => {
      const sut = station();
      sut.start({ tag: 'A', at: UNSET });
      const b = sut.start({ tag: 'B', at: UNSET });
      expect(sut.stop(null, { wh: 700, at: UNSET })).toEqual({ is: 'this', transactionId: b });
    });

    it('T6 that names none and comes after the later one has ended is nobody’s', () => {
      const sut = station();
      const a = sut.start({ tag: 'A', at: 0 });
      const b = sut.start({ tag: 'B', at: 60 });
      sut.stop(b, { wh: 7000, at: 90 });
      expect(sut.stop(null, { wh: 7100, at: 95 })).toMatchObject({ is: 'unassigned' });
      expect(sut.of(a).end).toMatchObject({ inferred: 'newer_start' });
    });

    it('T6 stamped late is that of the earlier one where the registers say so', () => {
      const sut = station();
      const a = sut.start({ tag: 'A', wh: 1000, at: 0 });
      sut.start({ tag: 'B', wh: 4000, at: 60 });
      expect(sut.stop(null, { wh: 3900, at: 65 })).toEqual({ is: 'correction', transactionId: a });
    });

    it('T5 that comes again is none of a transaction that began after its time, be it by seconds', () => {
      const sut = station();
      const a = sut.start({ tag: 'A', at: 0 });
      sut.stop(null, { wh: 500, at: 9 });
      const b = sut.start({ tag: 'B', wh: 500, at: 9.5 });
      expect(sut.stop(null, { wh: 500, at: 9 })).toEqual({ is: 'repetition', transactionId: a });
      expect(sut.of(b).state).toBe('active');
    });

    it('T6 that comes late is that of the one which ran at its time, be the next start seconds later', () => {
      const sut = station();
      const a = sut.start({ tag: 'A', at: 0 });
      const b = sut.start({ tag: 'B', wh: 3000, at: 50.5 });
      expect(sut.stop(null, { wh: 3000, at: 50 })).toEqual({ is: 'correction', transactionId: a });
      expect(sut.of(b).state).toBe('active');
    });

    it('T2 is kept where two registers are equally near but for the steps of their meters', () => {
      const sut = station();
      const [a, b] = [sut.start({ connector: 1, tag: 'A' }), sut.start({ connector: 2, tag: 'B' })];
      sut.reading(a, 1, 500);
      sut.reading(b, 2, 499);
      expect(sut.stop(null, { wh: 500 })).toMatchObject({ is: 'unassigned', why: 'several_transactions_fit' });
    });

    it.each([
      ['first with it', ['1', null]],
      ['first without', [null, '1']],
      ['with a number of nobody', ['555', '1']],
    ])('T2 sent twice, once with its number, is one stop: %s', (_, numbers) => {
      const sut = station();
      const a = sut.start({ connector: 1, tag: 'A', at: 0 });
      const b = sut.start({ connector: 2, tag: 'B', at: 0 });
      for (const number of numbers) sut.stop(number, { wh: 700, at: 9 });
      expect([sut.of(a).state, sut.of(b).state]).toEqual(['ended', 'active']);
      expect(records(sut)).toEqual([]);
      expect(sut.bills()).toMatchObject([{ wh: 700 }, {}]);
    });

    it('T2 of the other driver in the same second with the same register is his', () => {
      const sut = station();
      const a = sut.start({ connector: 1, tag: 'A', at: 0 });
      const b = sut.start({ connector: 2, tag: 'B', at: 0 });
      sut.stop(a, { wh: 700, at: 9 });
      expect(sut.stop(null, { wh: 700, at: 9, tag: 'B' })).toEqual({ is: 'this', transactionId: b });
    });

    it('T5 in the same bytes after a start is another one, even where both are nobody’s', () => {
      const sut = station();
      for (const connector of [1, 2]) sut.start({ connector, tag: `CARD${connector}`, at: UNSET });
      sut.stop(null, { wh: 500, at: UNSET });
      sut.start({ connector: 3, tag: 'CARD3', at: UNSET });
      sut.stop(null, { wh: 500, at: UNSET });
      expect(records(sut)).toHaveLength(2);
    });

    it('T3 that was kept corrects the one that it names as soon as the other is known to have gone on', () => {
      const sut = station();
      const a = sut.start({ tag: 'A', connector: 1, at: 0 });
      sut.stop(a, { wh: 1000, at: 10 });
      const b = sut.start({ tag: 'B', connector: 2, wh: 500, at: 20 });
      sut.stop(a, { wh: 1200, at: 50 });
      sut.reading(b, 2, 700, { at: 55 });
      expect(sut.bills()).toMatchObject([
        { id: a, wh: 1200 },
        { id: b, state: 'active' },
      ]);
      expect(records(sut)).toEqual([]);
    });
  });

  describe('a start', () => {
    it('is a repetition in another notation of its time', () => {
      const sut = station();
      const id = sut.start({ at: 0 });
      const again = sut.message('started', '99', { connector: 1, wh: 0, at: 0 });
      const startKey = { connectorId: 1, idTag: 'CARD', timestamp: '2026-11-30T00:00:00+00:00', meterStart: 0 };
      expect(sut.take({ ...again, idToken: { idToken: 'CARD' }, startKey })).toMatchObject({
        outcome: { is: 'repetition', transactionId: id },
      });
    });

    it('T4 in the same words is another one after a boot, if the first had gone on and its stop is lost', () => {
      const sut = station();
      const first = sut.start({ at: UNSET });
      sut.reading(first, 1, 3000);
      boot(sut);
      const second = sut.start({ at: UNSET });
      expect(second).not.toBe(first);
      sut.stop(second, { wh: 7000, at: UNSET });
      expect(sut.bills()).toMatchObject([{ wh: 3000 }, { wh: 7000 }]);
    });

    it('T4 in the same words is a repetition after a boot, if nothing shows that its answer arrived', () => {
      const sut = station();
      const first = sut.start({ at: UNSET });
      boot(sut);
      expect(sut.start({ at: UNSET })).toBe(first);
    });
  });

  it('T4 a clock that is set back meanwhile makes no end before its start', () => {
    const sut = station();
    const id = sut.start({ at: 120 });
    sut.clock += 28;
    sut.stop(id, { wh: 700, at: 60 });
    expect(endedAt(sut.of(id))).toBe(minute(120 + 29));
  });
});
