import { describe, expect, it } from '@jest/globals';
import { inferEnd, changesOf } from './ledger.ts';
import { gatewayTransactionId, idOfUse, stationTransactionId } from './station-id.ts';
import { bill } from './bill.ts';
import { minute, StationUnderTest, UNSET } from './testdata/station.ts';

type Step = (sut: StationUnderTest) => void;

/** Every order of the items. */
function orders<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

describe('which transaction a message of OCPP 2.0.1 means', () => {
  const station = (): StationUnderTest => new StationUnderTest();
  const alice: Step[] = [
    (sut) =>
      sut.event('started', '1', 0, { tag: 'ALICE', connector: 1, at: 300, samples: [[1000, 'Transaction.Begin']] }),
    (sut) => sut.event('updated', '1', 1, { at: 301, samples: [[5000]] }),
    (sut) => sut.event('ended', '1', 2, { at: 302, samples: [[11_000, 'Transaction.End']] }),
  ];
  const bob: Step[] = [
    (sut) =>
      sut.event('started', '1', 0, { tag: 'BOB', connector: 1, at: 360, samples: [[11_000, 'Transaction.Begin']] }),
    (sut) => sut.event('updated', '1', 1, { at: 361, samples: [[13_000]] }),
    (sut) => sut.event('ended', '1', 2, { at: 362, samples: [[16_000, 'Transaction.End']] }),
  ];
  const bills = (sut: StationUnderTest) =>
    sut
      .bills()
      .map(({ tag, state, wh }) => [tag, state, wh])
      .toSorted();

  it('T7 a transactionId used again is another transaction', () => {
    const sut = station();
    for (const step of [...alice, ...bob]) step(sut);
    expect(sut.bills()).toEqual([
      { id: '1', tag: 'ALICE', state: 'ended', wh: 10_000 },
      { id: '1~2', tag: 'BOB', state: 'ended', wh: 5000 },
    ]);
    expect(sut.outcomes[3]).toEqual({ is: 'new', transactionId: '1~2', reused: true });
  });

  it('T7 (relative) in whichever order the events of both arrive', () => {
    for (const order of orders([...alice, ...bob])) {
      const sut = station();
      for (const step of order) step(sut);
      expect(bills(sut)).toEqual([
        ['ALICE', 'ended', 10_000],
        ['BOB', 'ended', 5000],
      ]);
    }
  });

  it('T7 (relative) where the first never ended, and where the driver is the same', () => {
    const sut = station();
    for (const step of [...alice.slice(0, 2), ...bob]) step(sut);
    expect(sut.of('1')).toMatchObject({ state: 'ended', end: { inferred: 'reused_id' } });
    expect(bills(sut)).toEqual([
      ['ALICE', 'ended', 4000],
      ['BOB', 'ended', 5000],
    ]);
    const same = station();
    for (const [at, wh] of [
      [0, 100],
      [60, 900],
    ] as const) {
      same.event('started', '1', 0, { tag: 'ALICE', at, samples: [[wh]] });
      same.event('ended', '1', 1, { at: at + 30, samples: [[wh + 700]] });
    }
    expect(bills(same)).toEqual([
      ['ALICE', 'ended', 700],
      ['ALICE', 'ended', 700],
    ]);
  });

  it('T7 (relative) by the order of arrival alone where the clock tells nothing', () => {
    const sut = station();
    for (const tag of ['ALICE', 'ALICE']) {
      sut.event('started', '1', 0, { tag, at: UNSET, samples: [[0]] });
      sut.event('updated', '1', 1, { at: UNSET, samples: [[500]] });
      sut.event('ended', '1', 2, { at: UNSET, samples: [[900]] });
    }
    expect(bills(sut)).toEqual([
      ['ALICE', 'ended', 900],
      ['ALICE', 'ended', 900],
    ]);
  });

  it('T7 (relative) whose start is lost is nobody’s energy, and not the earlier driver’s', () => {
    const sut = station();
    for (const step of [...alice, ...bob.slice(1)]) step(sut);
    expect(bills(sut)).toEqual([
      [undefined, 'ended', 3000],
      ['ALICE', 'ended', 10_000],
    ]);
    bob[0]?.(sut);
    expect(bills(sut)).toEqual([
      ['ALICE', 'ended', 10_000],
      ['BOB', 'ended', 5000],
    ]);
  });

  it('T8 an end after the inferred end corrects it', () => {
    const sut = station();
    sut.event('started', 'tx', 0, { tag: 'A', samples: [[1000]] });
    const { ledger } = changesOf(sut.ledger, [inferEnd(sut.of('tx'), 'status_answer', minute(5))]);
    sut.ledger = ledger;
    expect(sut.of('tx')).toMatchObject({ revision: 2, end: { inferred: 'status_answer' } });
    expect(sut.event('ended', 'tx', 1, { tag: 'OTHER', samples: [[21_000]] })).toMatchObject({ is: 'correction' });
    expect(sut.of('tx')).toMatchObject({ revision: 3, end: { inferred: null } });
    expect(bills(sut)).toEqual([['A', 'ended', 20_000]]);
  });

  it('T11 numbers that begin anew in a transaction belong to it, and its end outranks them', () => {
    const sut = station();
    sut.event('started', 'tx', 0, { samples: [[1000]] });
    for (const n of [1, 2, 3]) sut.event('updated', 'tx', n, { samples: [[1000 + n * 1000]] });
    for (const n of [0, 1]) sut.event('updated', 'tx', n, { samples: [[5000 + n * 1000]] });
    sut.event('ended', 'tx', 2, { samples: [[7000, 'Transaction.End']] });
    expect(bills(sut)).toEqual([[undefined, 'ended', 6000]]);
  });

  it('T13 what is reported after the start is known of the transaction, and raises its revision', () => {
    const sut = station();
    sut.event('started', 'tx', 0, { connector: 2 });
    expect(sut.of('tx').revision).toBe(1);
    sut.event('updated', 'tx', 1, { tag: 'DRIVER1', more: { remoteStartId: 4711, reservationId: 99 } });
    expect(sut.of('tx')).toMatchObject({
      revision: 2,
      idToken: { idToken: 'DRIVER1' },
      remoteStartId: 4711,
      reservationId: 99,
      evseId: 2,
    });
    sut.event('updated', 'tx', 2, { samples: [[50]] });
    sut.event('updated', 'tx', 3, { samples: [[70]] });
    expect(sut.of('tx').revision).toBe(3);
  });

  it('repetitions change nothing', () => {
    const sut = station();
    for (const step of alice) step(sut);
    const before = sut.ledger;
    for (const step of alice) step(sut);
    expect(sut.ledger).toBe(before);
    expect(sut.outcomes.slice(3).every(({ is }) => is === 'repetition')).toBe(true);
  });

  it('a transaction ends where another begins at its EVSE', () => {
    const sut = station();
    sut.event('started', 'a', 0, { connector: 1, samples: [[10]] });
    sut.event('started', 'b', 0, { connector: 1, samples: [[90]] });
    sut.event('started', 'c', 0, { connector: 2 });
    expect(sut.of('a')).toMatchObject({ state: 'ended', end: { inferred: 'newer_start' } });
    expect([sut.of('b').state, sut.of('c').state]).toEqual(['active', 'active']);
  });

  it.each([
    ['a', 'b'],
    ['1', '1'],
  ])('T6 %s ends where %s began at its EVSE, though the end of the latter came before its start', (first, second) => {
    const sut = station();
    sut.event('started', first, 0, { tag: 'A', connector: 1, at: 0, samples: [[0]] });
    sut.event('ended', second, 1, { tag: 'B', connector: 1, at: 90, samples: [[900]] });
    sut.event('started', second, 0, { tag: 'B', connector: 1, at: 60, samples: [[100]] });
    expect(bills(sut)).toEqual([
      ['A', 'ended', null],
      ['B', 'ended', 800],
    ]);
  });

  it('T6 one that begins after another has ended runs, though the clock was set back between', () => {
    const sut = station();
    sut.event('started', 'a', 0, { tag: 'A', connector: 1, at: 600, samples: [[0]] });
    sut.event('ended', 'a', 1, { connector: 1, at: 660, samples: [[900]] });
    sut.event('started', 'b', 0, { tag: 'B', connector: 1, at: 10, samples: [[900]] });
    expect(sut.of('b').state).toBe('active');
  });

  it.each([[['ended', 'updated']], [['updated', 'ended']]] as const)(
    'T11 a clock that is set back in mid-session splits nothing, in whichever order they come: %j',
    (order) => {
      const sut = station();
      const tell = {
        ended: () => sut.event('ended', 'tx', 2, { at: 5, samples: [[900]] }),
        updated: () => sut.event('updated', 'tx', 1, { at: 30, samples: [[500]] }),
      };
      sut.event('started', 'tx', 0, { tag: 'A', connector: 1, at: 0, samples: [[0]] });
      for (const kind of order) tell[kind]();
      expect(bills(sut)).toEqual([['A', 'ended', 900]]);
    },
  );

  it('T7 an update by another’s token after the end begins another transaction, whatever its number', () => {
    const sut = station();
    sut.event('started', 'tx', 0, { tag: 'A', at: 0, samples: [[0]] });
    sut.event('ended', 'tx', 1, { at: 5, samples: [[900]] });
    sut.event('updated', 'tx', 3, { tag: 'B', at: 60, samples: [[1000]] });
    sut.event('ended', 'tx', 4, { at: 70, samples: [[5000]] });
    expect(bills(sut)).toEqual([
      ['A', 'ended', 900],
      ['B', 'ended', 4000],
    ]);
  });

  it('T7 what the first said comes again after the second began, and is no end of the latter, whatever the clock', () => {
    const sut = station();
    const first = (): unknown => sut.event('ended', '1', 1, { tag: 'A', at: UNSET, samples: [[900]] });
    sut.event('started', '1', 0, { tag: 'A', at: UNSET, samples: [[0]] });
    first();
    sut.event('started', '1', 0, { tag: 'B', at: UNSET, samples: [[900]] });
    expect(first()).toEqual({ is: 'repetition', transactionId: '1' });
    expect(sut.of('1~2').state).toBe('active');
  });

  it('any order of one transaction’s events leads to the same', () => {
    const steps: Step[] = [...alice, (sut) => sut.event('updated', '1', 7, { at: 301.5, samples: [[9000]] })];
    const states = orders(steps).map((order) => {
      const sut = station();
      for (const step of order) step(sut);
      const {
        revision: _revision,
        lastHeardAt: _heard,
        firstHeardAt: _first,
        delayMs: _delay,
        corrected: _corrected,
        startReceivedAt: _received,
        digests,
        end,
        ...state
      } = sut.of('1');
      // What was published on the way depends on the order, but not where it leads to.
      const curve = state.curve && [state.curve.until, state.curve.wh];
      return {
        ...state,
        curve,
        end: end && { ...end, receivedAt: 0 },
        digests: digests.toSorted(),
        bill: bill(sut.of('1')),
      };
    });
    for (const state of states) expect(state).toEqual(states[0]);
  });
});

describe('the id of a transaction that its station names', () => {
  it.each([
    ['tx', 1, 'tx'],
    ['tx', 2, 'tx~2'],
    ['a\0b', 1, 'a~u0000b'],
    ['a\0b', 3, 'a~u0000b~3'],
    ['a~2', 1, 'a~u007e2'],
    ['\ud800', 1, '~ud800'],
    ['🔌', 1, '🔌'],
  ])('%j used %d times is %j', (stationId, use, gatewayId) => {
    expect(idOfUse(gatewayTransactionId(stationId), use)).toBe(gatewayId);
    expect(stationTransactionId(gatewayId)).toBe(stationId);
  });
});
