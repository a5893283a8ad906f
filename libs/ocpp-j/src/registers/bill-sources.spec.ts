import { describe, expect, it } from '@jest/globals';
import { billOf, type Bill } from './bill.ts';
import {
  BEGIN,
  END,
  wh,
  interval,
  at3,
  inlet,
  started,
  updated,
  ended,
  reading,
  start16,
  stop16,
  bookOf,
  bill,
  energy,
  nothing,
  type Message,
} from './testdata/messages.ts';

/** What a clock shows that started at 1970. */
const ago = (minute: number) => ({ clockMs: minute * 60_000 });

describe('billOf', () => {
  it.each<[string, Message[], Partial<Bill>]>([
    [
      'T10 two locations: the outlet',
      [started(0, wh(0, 1000), wh(0, 1200, inlet)), ended(60, wh(60, 2000), wh(60, 2400, inlet))],
      energy(1000, { source: 'Outlet' }),
    ],
    [
      'T10 the same with the inlet first',
      [started(0, wh(0, 1200, inlet), wh(0, 1000)), ended(60, wh(60, 2400, inlet), wh(60, 2000))],
      energy(1000, { source: 'Outlet' }),
    ],
    [
      'T10 an outlet at the end alone: the inlet, which has both',
      [started(0, wh(0, 1200, inlet)), ended(60, wh(60, 2000), wh(60, 2400, inlet))],
      energy(1200, { source: 'Inlet' }),
    ],
    [
      'T10 one location at each end: none has both',
      [started(0, wh(0, 1000)), ended(60, wh(60, 2400, inlet))],
      nothing('no_end_register', { meterStartWh: 1000, source: 'Outlet' }),
    ],
    [
      'T10 an outlet in passing alone, and marked ends of the inlet',
      [
        started(0, wh(0, 1200, { ...inlet, ...BEGIN })),
        updated(20, wh(20, 1300)),
        updated(40, wh(40, 1600)),
        ended(60, wh(60, 2400, { ...inlet, ...END })),
      ],
      energy(1200, { source: 'Inlet' }),
    ],
    [
      'T10 the vehicle before the inlet',
      [
        started(0, wh(0, 1200, inlet), wh(0, 10, { location: 'EV' })),
        ended(60, wh(60, 2400, inlet), wh(60, 960, { location: 'EV' })),
      ],
      energy(950, { source: 'EV' }),
    ],
    [
      'T10 the start of 1.6 and samples of the inlet: no pair',
      [start16(0, 1000), reading(59, wh(59, 9000, inlet)), ended(60)],
      nothing('no_end_register'),
    ],
    [
      'T10 a location that nobody specified: one like any other',
      [started(0, wh(0, 1000, { location: 'Socket' })), ended(60, wh(60, 2000, { location: 'Socket' }))],
      energy(1000, { source: 'other Socket' }),
    ],
    [
      'T10 two such locations: no pair',
      [started(0, wh(0, 1000, { location: 'Socket' })), ended(60, wh(60, 2000, { location: 'Plug' }))],
      nothing('no_start_register'),
    ],
    [
      'T10 such a location beside one that is specified: the latter',
      [
        started(0, wh(0, 1000, { location: 'Socket' }), wh(0, 1200, inlet)),
        ended(60, wh(60, 2000, { location: 'Socket' }), wh(60, 2400, inlet)),
      ],
      energy(1200, { source: 'Inlet' }),
    ],
    [
      'T10 a location by a name that is none',
      [
        started(0, wh(0, 1000, { location: '__proto__\u0000\ud800' })),
        ended(60, wh(60, 2000, { location: '__proto__\u0000\ud800' })),
      ],
      energy(1000, { source: 'other __proto____' }),
    ],
    [
      'C3 by phase alone: the sum',
      [started(0, ...at3(0, [100, 200, 300])), ended(60, ...at3(60, [1100, 1200, 1300]))],
      energy(3000, { meterStartWh: 600, meterStopWh: 3600, source: 'Outlet L1+L2+L3' }),
    ],
    [
      'C3 by phase to neutral',
      [
        started(0, wh(0, 100, { phase: 'L1-N' }), wh(0, 100, { phase: 'L2-N' })),
        ended(60, wh(60, 200, { phase: 'L1-N' }), wh(60, 300, { phase: 'L2-N' })),
      ],
      energy(300, { source: 'Outlet L1+L2' }),
    ],
    [
      'C3 phases that come in messages of their own',
      [
        started(0),
        ...[1, 2, 3].map((n) => updated(1, wh(1 + n / 60, 100, { phase: `L${n}` }))),
        ...[1, 2, 3].map((n) => updated(50, wh(50 + n / 60, 600, { phase: `L${n}` }))),
        ended(60),
      ],
      energy(1500),
    ],
    [
      'C3 one phase, the only one',
      [started(0, wh(0, 5, { phase: 'L1' })), ended(60, wh(60, 905, { phase: 'L1' }))],
      energy(900),
    ],
    [
      'C3 total and phases: the total',
      [started(0, wh(0, 600), ...at3(0, [100, 200, 300])), ended(60, wh(60, 4600), ...at3(60, [1100, 1200, 1300]))],
      energy(4000, { source: 'Outlet' }),
    ],
    [
      'C3 phases of which one is reported at the end alone',
      [started(0, wh(0, 100, { phase: 'L1' })), ended(60, ...at3(60, [1100, 1200, 1300]))],
      nothing('phases_incomplete'),
    ],
    [
      'C3 phases that are incomplete at the outlet, and a total of the inlet',
      [
        started(0, wh(0, 100, { phase: 'L1' }), wh(0, 0, inlet)),
        ended(60, ...at3(60, [1100, 1200, 1300]), wh(60, 3300, inlet)),
      ],
      energy(3300, { source: 'Inlet' }),
    ],
    [
      'C3 a phase that falls',
      [started(0, ...at3(0, [100, 200, 300])), ended(60, ...at3(60, [1100, 0, 1300]))],
      nothing('register_fell'),
    ],
    [
      'C4 by interval alone: the sum',
      [started(0), updated(30, interval(30, 1200)), ended(60, interval(60, 800))],
      energy(2000, { meterStartWh: null, source: 'Outlet intervals' }),
    ],
    [
      'C4 intervals, whatever their first and last length',
      [
        started(10),
        ...[15, 30, 45, 60].map((minute) => updated(minute, interval(minute, 100))),
        ended(62, interval(62, 10)),
      ],
      energy(410),
    ],
    [
      'C4 an interval that is missing in the middle',
      [
        started(0),
        ...[15, 30, 60, 75].map((minute) => updated(minute, interval(minute, 100))),
        ended(80, interval(80, 10)),
      ],
      nothing('intervals_missing'),
    ],
    [
      'C4 an interval that is missing at the start',
      [started(0), ...[30, 45, 60].map((minute) => updated(minute, interval(minute, 100))), ended(70)],
      nothing('intervals_missing'),
    ],
    [
      'C4 intervals that stop long before the end',
      [started(0), updated(15, interval(15, 100)), ended(60)],
      nothing('intervals_missing'),
    ],
    [
      'intervals of a clock that stands still: nobody can tell how many',
      [started(0), updated(0, interval(0, 300)), updated(0, interval(0, 527)), ended(0, interval(0, 1))],
      nothing('intervals_missing'),
    ],
    [
      'intervals of a clock that stands still, and of one amount',
      [started(0), updated(0, interval(0, 300)), updated(0, interval(0, 300)), ended(0, interval(0, 300))],
      nothing('intervals_missing'),
    ],
    [
      'an interval reported with the start, which is the energy before it',
      [started(0, interval(0, 700)), updated(30, interval(30, 1200)), ended(60, interval(60, 800))],
      energy(2000, { meterStartWh: null, source: 'Outlet intervals' }),
    ],
    [
      'intervals of a clock that went back behind the start',
      [started(60), updated(90, interval(90, 1200)), updated(10, interval(10, 300)), ended(120, interval(120, 800))],
      nothing('intervals_missing'),
    ],
    [
      'intervals of a clock that tells a time long ago, one of them sent again',
      [
        started(0),
        updated(30, interval(500, 1200, ago(30))),
        ended(60, interval(501, 1200, ago(30)), interval(501, 800, ago(60))),
      ].map((message) => ({ ...message, ...ago(message.minute) })),
      energy(2000, { meterStartWh: null, source: 'Outlet intervals' }),
    ],
    [
      'intervals without a time: nobody can tell which is sent again',
      [started(0), updated(30, interval(30, 1200, { clockMs: null })), ended(60)],
      nothing('intervals_missing'),
    ],
    [
      'an empty interval at the start and one at the same moment',
      [started(0, interval(0, 0)), updated(15, interval(15, 0)), ended(15, interval(15, 100))],
      energy(100),
    ],
    [
      'C4 intervals of which nobody knows the first: Started is lost',
      [updated(30, interval(30, 1200)), ended(60, interval(60, 800))],
      nothing('intervals_missing'),
    ],
    [
      'C4 an interval that is sent twice',
      [started(0), updated(30, interval(30, 1200)), updated(31, interval(30, 1200)), ended(60, interval(60, 800))],
      energy(2000),
    ],
    [
      'C4 sampled and clock-aligned intervals of the same energy: one kind of them',
      [
        started(0),
        updated(30, interval(30, 1200), interval(30, 1200, { context: 'Sample.Clock' })),
        ended(60, interval(60, 800), interval(60, 800, { context: 'Sample.Clock' })),
      ],
      energy(2000),
    ],
    [
      'C4 intervals by phase',
      [started(0), ended(60, ...at3(60, [10, 20, 30], { measurand: 'Energy.Active.Import.Interval' }))],
      energy(60),
    ],
    [
      'C4 intervals beside a register: the register',
      [started(0, wh(0, 1000)), updated(30, interval(30, 9)), ended(60, wh(60, 4000), interval(60, 9))],
      energy(3000),
    ],
    [
      'C7 the outlet and another meter in one list',
      [started(0, wh(0, 0), wh(0, 7000, inlet)), ended(60, wh(60, 2000), wh(60, 9100, inlet))],
      energy(2000, { meterStopWh: 2000 }),
    ],
    [
      'A7 a stray reading between marked ends',
      [
        start16(0, 1000),
        reading(20, wh(20, 2000)),
        reading(30, wh(30, 99_999_999)),
        reading(40, wh(40, 0)),
        stop16(60, 5000),
      ],
      energy(4000),
    ],
    [
      'A7 a stray reading as the end itself',
      [start16(0, 1000), stop16(60, 99_999_999)],
      nothing('register_implausible', { meterStopWh: 99_999_999 }),
    ],
    [
      'A7 a stray reading as the last before an end that tells none',
      [start16(0, 1000), reading(20, wh(20, 2000)), reading(30, wh(30, 99_999_999)), ended(60)],
      energy(1000),
    ],
    [
      'A9 a register that restarts in mid-session',
      [
        start16(0, 100_000),
        reading(20, wh(20, 101_000)),
        reading(30, wh(30, 0)),
        reading(40, wh(40, 500)),
        stop16(60, 1000),
      ],
      nothing('register_fell'),
    ],
  ])('%s', (_case, messages, expected) => {
    expect(bill(...messages)).toMatchObject(expected);
    expect(bill(...messages.toReversed(), ...messages)).toMatchObject(expected);
  });

  it('C4 intervals are no sum where messages are known to be missing', () => {
    const book = bookOf([started(0), ended(60, interval(60, 800))]);
    expect(billOf(book, { ended: true })).toMatchObject(energy(800));
    expect(billOf(book, { ended: true, incomplete: true })).toMatchObject(nothing('intervals_missing'));
  });

  it('C4 a hundred days of quarter hours are no sum, and a small book', () => {
    const book = bookOf([
      started(0),
      ...Array.from({ length: 9600 }, (_, i) => updated((i + 1) * 15, interval((i + 1) * 15, 5))),
    ]);
    expect(billOf(book, { ended: false })).toMatchObject(nothing('intervals_missing'));
    expect(JSON.stringify(book).length).toBeLessThan(6000);
  });
});
