import { describe, expect, it } from '@jest/globals';
import { suspectAfterBoot, suspectWhereAvailable } from './suspects.ts';
import { changesOf } from './ledger.ts';
import { minute, StationUnderTest, UNSET } from './testdata/station.ts';

describe('which transaction a message of OCPP 1.6 means', () => {
  const station = (): StationUnderTest => new StationUnderTest();
  const boot = (sut: StationUnderTest): void => {
    sut.ledger = changesOf(sut.ledger, suspectAfterBoot(sut.ledger.transactions, minute(sut.clock))).ledger;
  };
  const available = (sut: StationUnderTest, connector: number): void => {
    const { transactions } = sut.ledger;
    sut.ledger = changesOf(sut.ledger, suspectWhereAvailable(transactions, connector, minute(sut.clock))).ledger;
  };
  const unassigned = (sut: StationUnderTest) => sut.ledger.transactions.filter((each) => each.unassigned !== null);

  describe('a stop that names no transaction', () => {
    it('T1 is that of the tag it tells, in any letter case and padded', () => {
      const sut = station();
      const one = sut.start({ connector: 1, tag: 'CARD1' });
      const two = sut.start({ connector: 2, tag: 'CARD2' });
      expect(sut.stop(null, { tag: ' card1', wh: 5000 })).toEqual({ is: 'this', transactionId: one });
      expect(sut.stop(null, { tag: 'CARD2', wh: 700 })).toEqual({ is: 'this', transactionId: two });
      expect(sut.bills().map(({ wh }) => wh)).toEqual([5000, 700]);
    });

    it('T1 is that of a tag of the same group', () => {
      const sut = station();
      sut.start({ connector: 1, tag: 'CARD1', group: 'FLEET' });
      const two = sut.start({ connector: 2, tag: 'CARD2', group: 'OTHERS' });
      expect(sut.stop(null, { tag: 'CARD3', group: 'others', wh: 10 })).toEqual({ is: 'this', transactionId: two });
    });

    it.each([
      [700, 5000],
      [5000, 700],
    ])('T2 goes where its register fits: %d Wh before %d Wh in one second', (first, second) => {
      const sut = station();
      const one = sut.start({ connector: 1, wh: 0 });
      const two = sut.start({ connector: 2, wh: 4000 });
      sut.reading(two, 2, 4900);
      sut.stop(null, { wh: first, at: 9, reason: 'PowerLoss' });
      sut.stop(null, { wh: second, at: 9, reason: 'PowerLoss' });
      expect([sut.of(one).state, sut.of(two).state]).toEqual(['ended', 'ended']);
      expect(sut.bills().map(({ wh }) => wh)).toEqual([700, 1000]);
    });

    it('T2 is kept where registers do not tell two sessions apart, and so is the other', () => {
      const sut = station();
      const [one, two] = [sut.start({ connector: 1, tag: 'A' }), sut.start({ connector: 2, tag: 'B' })];
      expect(sut.stop(null, { wh: 700, at: 9 })).toMatchObject({ is: 'unassigned', why: 'several_transactions_fit' });
      expect(sut.stop(null, { wh: 5000, at: 9 })).toMatchObject({ is: 'unassigned' });
      expect(unassigned(sut)).toHaveLength(2);
      expect([sut.of(one).state, sut.of(two).state]).toEqual(['active', 'active']);
    });

    it('T2 (relative) is assigned as soon as all other evidence is in', () => {
      const sut = station();
      const [one, two] = [sut.start({ connector: 1, tag: 'A' }), sut.start({ connector: 2, tag: 'B' })];
      sut.stop(null, { wh: 5000, at: 9 });
      sut.stop(null, { wh: 700, at: 9, tag: 'A' });
      expect(sut.of(one).end).toMatchObject({ inferred: null });
      expect(sut.bills()).toMatchObject([
        { id: one, tag: 'A', wh: 700 },
        { id: two, tag: 'B', wh: 5000 },
      ]);
      expect(unassigned(sut)).toEqual([]);
      expect(sut.ledger.transactions.filter(({ assignedTo }) => assignedTo === two)).toHaveLength(1);
    });

    it('is kept where nothing runs', () => {
      const sut = station();
      expect(sut.stop(null, { wh: 5, tag: 'A' })).toMatchObject({ is: 'unassigned', why: 'no_transaction_fits' });
      expect(sut.stop(null, { wh: 5, tag: 'A', at: 1 })).toMatchObject({ is: 'repetition' });
    });

    it('is not that of a transaction which began later, or went on after it', () => {
      const sut = station();
      const one = sut.start({ wh: 0, at: 10 });
      expect(sut.stop(null, { wh: 50, at: 5 })).toMatchObject({ is: 'unassigned' });
      sut.reading(one, 1, 60, { at: 20 });
      expect(sut.stop(null, { wh: 100, at: 15 })).toMatchObject({ is: 'unassigned' });
      expect(sut.of(one).state).toBe('active');
    });

    it('T5 is news after a new start, whatever its bytes, where the clock tells nothing', () => {
      const sut = station();
      const twice = [1, 2].map(() => {
        const id = sut.start({ at: UNSET });
        sut.stop(null, { wh: 500, at: UNSET });
        return id;
      });
      expect(new Set(twice).size).toBe(2);
      expect(sut.bills()).toMatchObject([
        { state: 'ended', wh: 500 },
        { state: 'ended', wh: 500 },
      ]);
    });

    it('T5 (relative) is the same where nothing came between, or its clock is right', () => {
      const sut = station();
      sut.start({ at: UNSET });
      sut.stop(null, { wh: 500, at: UNSET });
      expect(sut.stop(null, { wh: 500, at: UNSET })).toMatchObject({ is: 'repetition' });
      const right = station();
      right.start({ at: 0 });
      right.stop(null, { wh: 500, at: 5 });
      const next = right.start({ at: 10 });
      expect(right.stop(null, { wh: 500, at: 5 })).toMatchObject({ is: 'repetition' });
      expect(right.of(next).state).toBe('active');
    });
  });

  describe('a stop that names an ended transaction', () => {
    it('T3 is the end of the one that runs for the same tag from there on', () => {
      const sut = station();
      const nine = sut.start({ tag: 'CARD1', wh: 0 });
      sut.stop(nine, { wh: 1000 });
      const ten = sut.start({ tag: 'CARD1', wh: 1000 });
      expect(sut.stop(nine, { wh: 9000, tag: 'CARD1' })).toEqual({ is: 'this', transactionId: ten });
      expect(sut.bills()).toMatchObject([{ wh: 1000 }, { wh: 8000 }]);
    });

    it.each([[['PowerLoss', 'Local']], [['Local', 'PowerLoss']]])(
      'T3 (relative) corrects a provisional stop, in whichever order they come: %j',
      (reasons) => {
        const sut = station();
        const id = sut.start();
        for (const reason of reasons)
          sut.stop(id, { wh: reason === 'Local' ? 1500 : 1000, at: reason === 'Local' ? 30 : 10, reason });
        expect(sut.bills()).toMatchObject([{ state: 'ended', wh: 1500 }]);
        expect(sut.of(id).end).toMatchObject({ reason: 'Local' });
        expect(sut.outcomes.at(-1)).toMatchObject({ is: 'correction' });
      },
    );

    it("T3 (relative) is never another driver's", () => {
      const sut = station();
      const one = sut.start({ tag: 'CARD1' });
      sut.stop(one, { wh: 1000 });
      const two = sut.start({ tag: 'CARD2', wh: 1000 });
      expect(sut.stop(one, { wh: 9000, tag: 'CARD3' })).toMatchObject({ is: 'unassigned' });
      expect(sut.bills()).toMatchObject([{ wh: 1000 }, { id: two, state: 'active' }]);
    });

    it('is a repetition when it says the same', () => {
      const sut = station();
      const id = sut.start();
      sut.stop(id, { wh: 1000, at: 5 });
      const before = sut.ledger;
      expect(sut.stop(id, { wh: 1000, at: 5 })).toMatchObject({ is: 'repetition', transactionId: id });
      expect(sut.ledger).toBe(before);
    });
  });

  describe('a stop that names a running transaction', () => {
    it("T12 ends it although its register fell, which is nobody's energy", () => {
      const sut = station();
      const id = sut.start({ wh: 5000 });
      sut.stop(id, { wh: 40 });
      expect(sut.bills()).toEqual([{ id, tag: 'CARD', state: 'ended', wh: null }]);
    });

    it('T1 (relative) ends another if tag and register say so, and the number does not fit', () => {
      const sut = station();
      const one = sut.start({ connector: 1, tag: 'CARD1', wh: 90_000 });
      const two = sut.start({ connector: 2, tag: 'CARD2', wh: 100 });
      expect(sut.stop(one, { tag: 'CARD2', wh: 800 })).toEqual({ is: 'this', transactionId: two });
      expect(sut.of(one).state).toBe('active');
    });

    it('ends it whoever stopped it', () => {
      const sut = station();
      const id = sut.start({ tag: 'DRIVER' });
      expect(sut.stop(id, { tag: 'ATTENDANT', wh: 10 })).toEqual({ is: 'this', transactionId: id });
      expect(sut.bills()).toMatchObject([{ tag: 'DRIVER', wh: 10 }]);
    });
  });

  it('a number that is nobody’s ends the one whose tag and register fit, and no other', () => {
    const sut = station();
    const id = sut.start({ tag: 'A' });
    expect(sut.stop('777', { wh: 10 })).toMatchObject({ is: 'unassigned' });
    expect(sut.stop('777', { wh: 20, tag: 'A' })).toEqual({ is: 'this', transactionId: id });
  });

  describe('a start', () => {
    it('is a repetition when it says the same, while it runs and, of a clock that is right, after its end', () => {
      const sut = station();
      const id = sut.start({ at: 0 });
      expect(sut.start({ at: 0 })).toBe(id);
      sut.stop(id, { wh: 1000 });
      expect(sut.start({ at: 0 })).toBe(id);
    });

    it('T4 is another one after an end, where the clock starts at the same date each time', () => {
      const sut = station();
      const first = sut.start({ tag: '04A1B2C3', at: UNSET });
      sut.stop(first, { wh: 3000, at: UNSET });
      const second = sut.start({ tag: '04A1B2C3', at: UNSET });
      expect(second).not.toBe(first);
      sut.stop(second, { wh: 7000, at: UNSET });
      expect(sut.bills()).toMatchObject([{ wh: 3000 }, { wh: 7000 }]);
    });

    it('T6 ends what ran on its connector, with its own last register', () => {
      const sut = station();
      const a = sut.start({ tag: 'A', wh: 1000 });
      sut.reading(a, 1, 1800);
      boot(sut);
      available(sut, 1);
      const b = sut.start({ tag: 'B', wh: 4000 });
      expect(sut.of(a).end).toMatchObject({ inferred: 'newer_start', reason: 'EndLost' });
      sut.stop(null, { tag: 'B', wh: 7000 });
      expect(sut.reading(null, 1, 9000)).toMatchObject({ is: 'unassigned', transactionId: null });
      expect(sut.bills()).toEqual([
        { id: a, tag: 'A', state: 'ended', wh: 800 },
        { id: b, tag: 'B', state: 'ended', wh: 3000 },
      ]);
    });

    it('T6 a true stop corrects the inferred end, and cannot reach into the next session', () => {
      const sut = station();
      const a = sut.start({ tag: 'A', wh: 1000 });
      const b = sut.start({ tag: 'B', wh: 4000 });
      expect(sut.stop(null, { wh: 3900, tag: 'A', at: 2 })).toEqual({ is: 'correction', transactionId: a });
      expect(sut.of(a)).toMatchObject({ end: { inferred: null }, revision: 3 });
      expect(sut.bills()).toMatchObject([{ wh: 2900 }, { id: b, state: 'active' }]);
      expect(sut.stop(a, { wh: 5000, at: 3, tag: 'A' })).toMatchObject({ is: 'unassigned' });
    });

    it('leaves what runs on another connector', () => {
      const sut = station();
      const one = sut.start({ connector: 1 });
      sut.start({ connector: 2 });
      expect(sut.of(one).state).toBe('active');
    });

    it('that comes late ends by inference itself', () => {
      const sut = station();
      const later = sut.start({ at: 30, wh: 500 });
      const earlier = sut.start({ at: 10, wh: 0, tag: 'EARLY' });
      expect([sut.of(later).state, sut.of(earlier).state]).toEqual(['active', 'ended']);
    });
  });

  describe('a boot and a free connector', () => {
    it('make a running transaction suspect, and end nothing', () => {
      const sut = station();
      const id = sut.start();
      boot(sut);
      expect(sut.of(id)).toMatchObject({ state: 'active', suspect: { reason: 'boot' } });
      available(sut, 1);
      expect(sut.of(id)).toMatchObject({ state: 'active', suspect: { reason: 'available', since: minute(1) } });
    });

    it('are forgotten once the transaction is heard of again', () => {
      const sut = station();
      const id = sut.start();
      boot(sut);
      sut.reading(id, 1, 50);
      expect(sut.of(id).suspect).toBeNull();
    });

    it('T6 (relative) an idle reading of a free connector is none of its', () => {
      const sut = station();
      const id = sut.start();
      expect(sut.reading(null, 1, 10)).toEqual({ is: 'this', transactionId: id });
      available(sut, 1);
      expect(sut.reading(null, 1, 9000)).toMatchObject({ is: 'unassigned', transactionId: null });
    });
  });
});
