import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readRegisters } from '../registers/index.ts';
import type { TransactionMessage } from './message.ts';
import { StationUnderTest } from './testdata/station.ts';
import { bill } from './bill.ts';

/** What really happened: who charged where, from which register to which, at which minutes. */
interface Charge {
  tag: string;
  connector: number;
  from: number;
  to: number;
  begin: number;
  end: number;
}

/** Charges of one charge point; each connector has a meter of its own that counts on, and one charge at a time. */
const charges = fc
  .array(
    fc.record({
      tag: fc.constantFrom('ALICE', 'BOB', 'CAROL'),
      connector: fc.constantFrom(1, 2),
      pause: fc.integer({ min: 2, max: 50 }),
      minutes: fc.integer({ min: 5, max: 90 }),
      wh: fc.integer({ min: 0, max: 9000 }),
      idle: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((plans) => {
    const meters = new Map([
      [1, { at: 1000, minute: 0 }],
      [2, { at: 50_000, minute: 0 }],
    ]);
    return plans.map(({ tag, connector, pause, minutes, wh, idle }): Charge => {
      const meter = meters.get(connector) as { at: number; minute: number };
      const begin = meter.minute + pause;
      const charge = { tag, connector, from: meter.at, to: meter.at + wh, begin, end: begin + minutes };
      meters.set(connector, { at: charge.to + idle, minute: charge.end });
      return charge;
    });
  });

type Step = (sut: StationUnderTest) => void;

/** A 2.0.1 station that names each charge anew, or uses two names in turn. */
function eventsOf(all: readonly Charge[], nameOf: (index: number) => string): Step[] {
  return all.flatMap((charge, index): Step[] => {
    const { tag, connector, from, to, begin, end } = charge;
    const id = nameOf(index);
    const half = Math.round((from + to) / 2);
    return [
      (sut) => sut.event('started', id, 0, { tag, connector, at: begin, samples: [[from, 'Transaction.Begin']] }),
      (sut) => sut.event('updated', id, 1, { connector, at: (begin + end) / 2, samples: [[half]] }),
      (sut) => sut.event('ended', id, 2, { connector, at: end, samples: [[to, 'Transaction.End']] }),
    ];
  });
}

/** As receivers see it: whose session ended with how much, ids aside. */
function sessions(sut: StationUnderTest): string[] {
  return sut
    .bills()
    .map(({ tag, state, wh }) => `${tag} ${state} ${wh}`)
    .toSorted();
}

const truth = (all: readonly Charge[]): string[] =>
  all.map(({ tag, from, to }) => `${tag} ended ${to - from}`).toSorted();

function billed(sut: StationUnderTest, connector: number): number {
  return sut.ledger.transactions
    .filter((each) => each.evseId === connector)
    .reduce((sum, each) => sum + (bill(each).energyWh ?? 0), 0);
}

const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

describe('transactions of any charge point', () => {
  it('2.0.1: order and duplication of arrival do not change the outcome, ids used again or not', () => {
    fc.assert(
      fc.property(
        charges.chain((all) => {
          const reused = eventsOf(all, (index) => String(index % 2));
          return fc.tuple(fc.constant(all), shuffled([...reused, ...reused]));
        }),
        ([all, steps]) => {
          const sut = new StationUnderTest();
          for (const tell of steps) tell(sut);
          expect(sessions(sut)).toEqual(truth(all));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('2.0.1: what is lost is nobody’s energy: each driver has at most what he charged, each meter at most what it counted', () => {
    fc.assert(
      fc.property(
        charges.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(eventsOf(all, String)))),
        ([all, steps]) => {
          const sut = new StationUnderTest();
          for (const tell of steps) tell(sut);
          for (const connector of [1, 2]) {
            const counted = all.filter((each) => each.connector === connector);
            expect(billed(sut, connector)).toBeLessThanOrEqual(
              counted.reduce((sum, { from, to }) => sum + to - from, 0),
            );
          }
        },
      ),
    );
  });

  it('1.6: stops that name nothing end their own transactions, and none vanishes', () => {
    fc.assert(
      fc.property(charges, fc.array(fc.constantFrom('named', 'unnamed', 'lost'), { minLength: 5 }), (all, how) => {
        const sut = new StationUnderTest();
        const steps: { at: number; tell: () => void }[] = [];
        const stopped: TransactionMessage[] = [];
        all.forEach((charge, index) => {
          const { tag, connector, from, to, begin, end } = charge;
          let id: string | null = null;
          steps.push({ at: begin, tell: () => void (id = sut.start({ tag, connector, wh: from, at: begin })) });
          if (how[index % how.length] === 'lost') return;
          steps.push({
            at: end,
            tell: () => {
              const named = how[index % how.length] === 'named' ? id : null;
              const message = sut.message('ended', named, { tag, wh: to, at: end });
              stopped.push(message);
              sut.take(message);
            },
          });
        });
        for (const { tell } of steps.toSorted((one, other) => one.at - other.at)) tell();
        for (const { digest } of stopped)
          expect(sut.ledger.transactions.some(({ digests }) => digests.includes(digest))).toBe(true);
        for (const each of sut.bills()) {
          if (each.wh === null) continue;
          const state = sut.of(each.id);
          const charge = all.find(
            ({ connector, begin }) =>
              connector === state.connectorId && begin * 60_000 === state.start.at - sutMidnight(state.start.at),
          );
          expect([charge?.tag, charge && charge.to - charge.from]).toEqual([each.tag, each.wh]);
        }
      }),
    );
  });

  it('a repetition changes nothing, whenever it comes', () => {
    fc.assert(
      fc.property(charges, fc.nat(), (all, pick) => {
        const sut = new StationUnderTest();
        for (const tell of eventsOf(all, String)) tell(sut);
        const again = sut.events[pick % sut.events.length] as TransactionMessage;
        const { ledger } = sut;
        expect(sut.take(again)).toMatchObject({ outcome: { is: 'repetition' }, changes: [] });
        expect(sut.ledger).toBe(ledger);
      }),
    );
  });

  it('is small in memory, however long its transaction', () => {
    const registers = readRegisters({ role: 'reading', samples: [], at: new Date(0) });
    const sut = new StationUnderTest();
    sut.event('started', 'long', 0, { samples: [[0]] });
    for (let n = 1; n < 500; n += 1) sut.event('updated', 'long', n, { samples: [[n]] });
    const { digests: _digests, ...state } = sut.of('long');
    expect(JSON.stringify(state).length).toBeLessThan(2000 + JSON.stringify(registers).length);
  });
});

/** Minutes count from this day's midnight on. */
function sutMidnight(at: number): number {
  return Math.floor(at / 86_400_000) * 86_400_000;
}
