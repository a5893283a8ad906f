import { describe, expect, it } from '@jest/globals';
import { normaliseSample, type RawSample } from '../sample.ts';
import { billOf, lastRegisterWh, type Bill } from './bill.ts';
import { EMPTY_BOOK, type RegisterBook } from './book.ts';
import { mergeRegisters } from './merge.ts';
import { readRegisters, type RegisterMessage } from './read.ts';

const START = Date.UTC(2026, 2, 1, 10);
const at = (minute: number) => new Date(START + minute * 60_000);

type More = Partial<RawSample>;
type Message = Omit<RegisterMessage, 'at' | 'samples'> & { minute: number; samples?: ReturnType<typeof wh>[] };

const BEGIN = { context: 'Transaction.Begin' };
const END = { context: 'Transaction.End' };
const wh = (minute: number, value: number | string, more: More = {}) =>
  normaliseSample({ at: at(minute), value, unit: 'Wh', ...more });
const interval = (minute: number, value: number, more: More = {}) =>
  wh(minute, value, { measurand: 'Energy.Active.Import.Interval', ...more });
const at3 = (minute: number, values: readonly number[], more: More = {}) =>
  values.map((value, i) => wh(minute, value, { phase: `L${i + 1}`, ...more }));
const inlet = { location: 'Inlet' };

const started = (minute: number, ...samples: ReturnType<typeof wh>[]): Message => ({
  role: 'started',
  minute,
  samples,
});
const updated = (minute: number, ...samples: ReturnType<typeof wh>[]): Message => ({
  role: 'updated',
  minute,
  samples,
});
const ended = (minute: number, ...samples: ReturnType<typeof wh>[]): Message => ({ role: 'ended', minute, samples });
const reading = (minute: number, ...samples: ReturnType<typeof wh>[]): Message => ({
  role: 'reading',
  minute,
  samples,
});
const start16 = (minute: number, meterStartWh: number): Message => ({ role: 'started', minute, meterStartWh });
const stop16 = (minute: number, meterStopWh: number): Message => ({ role: 'ended', minute, meterStopWh });

const bookOf = (messages: readonly Message[]): RegisterBook =>
  messages
    .map(({ minute, samples = [], ...message }) => readRegisters({ ...message, samples, at: at(minute) }))
    .reduce(mergeRegisters, EMPTY_BOOK);
const bill = (...messages: Message[]) => billOf(bookOf(messages), { ended: true });
const soFar = (...messages: Message[]) => billOf(bookOf(messages), { ended: false });

const energy = (energyWh: number, more: Partial<Bill> = {}) => ({ energyWh, reason: null, ...more });
const nothing = (reason: Bill['reason'], more: Partial<Bill> = {}) => ({ energyWh: null, reason, ...more });

describe('billOf', () => {
  it.each<[string, Message[], Partial<Bill>]>([
    ['Started and Ended that mark nothing', [started(0, wh(0, 1000)), ended(60, wh(60, 3000))], energy(2000)],
    [
      'the fields of 1.6',
      [start16(0, 1000), stop16(60, 3000)],
      energy(2000, { meterStartWh: 1000, meterStopWh: 3000 }),
    ],
    ['no energy at all', [start16(0, 1000), stop16(60, 1000)], energy(0)],
    [
      'the fields of 1.6 before samples that differ',
      [start16(0, 1000), reading(1, wh(0, 990, BEGIN)), { ...stop16(60, 3000), samples: [wh(60, 3100, END)] }],
      energy(2000),
    ],
    [
      'samples where a field of 1.6 was not told',
      [start16(0, 1000), { ...ended(60, wh(30, 2000), wh(60, 3000, END)) }],
      energy(2000),
    ],
    ['a start that came after the end', [ended(60, wh(60, 3000, END)), started(0, wh(0, 1000, BEGIN))], energy(2000)],
    [
      'marked readings of the end where the start was lost',
      [ended(60, wh(0, 1000, BEGIN), wh(30, 2000), wh(60, 3000, END))],
      energy(2000),
    ],
    [
      'the earliest reading where the start told none',
      [started(0), updated(1, wh(1, 1000)), ended(60, wh(60, 3000))],
      energy(2000),
    ],
    [
      'the latest reading where the end told none',
      [started(0, wh(0, 1000)), updated(30, wh(30, 2000)), ended(60)],
      energy(1000),
    ],
    [
      'Transaction.End of a MeterValues before a stop without register',
      [start16(0, 1000), reading(59, wh(59, 2500), wh(59, 2600, END)), ended(60)],
      energy(1600),
    ],
    [
      'a reading that was told again with the end, for what it is',
      [started(0, wh(0, 1000)), updated(30, wh(30, 2000)), ended(60, wh(30, 2000), wh(60, 3000))],
      energy(2000),
    ],
  ])('takes %s', (_what, messages, expected) => {
    expect(bill(...messages)).toMatchObject(expected);
  });

  it.each<[string, Message[], Partial<Bill>]>([
    [
      'T9 readings twice over: the plain ones, without binary dust',
      [
        started(0, wh(0, 2114135.6, BEGIN)),
        ended(
          60,
          wh(0, 2114135.6, BEGIN),
          wh(60, 2133854.3, END),
          wh(0, 2114.1356, { ...BEGIN, unit: undefined, signed: true }),
          wh(60, 2133.8543, { ...END, unit: undefined, signed: true }),
        ),
      ],
      energy(19718.7),
    ],
    [
      'T9 the same with Started lost',
      [
        ended(
          60,
          wh(0, 2114.1356, { ...BEGIN, unit: undefined, signed: true }),
          wh(60, 2133.8543, { ...END, unit: undefined, signed: true }),
          wh(0, 2114135.6, BEGIN),
          wh(60, 2133854.3, END),
        ),
      ],
      energy(19718.7),
    ],
    [
      'T9 the same with every reading in one second',
      [
        ended(
          0,
          wh(0, 2114135.6, BEGIN),
          wh(0, 2133854.3, END),
          wh(0, 2114.1356, { ...BEGIN, unit: undefined, signed: true }),
          wh(0, 2133.8543, { ...END, unit: undefined, signed: true }),
        ),
      ],
      energy(19718.7),
    ],
    [
      'T9 twins that carry no signature and no unit',
      [
        ended(
          60,
          wh(0, 2114135.6, BEGIN),
          wh(60, 2133854.3, END),
          wh(0, 2114.1356, { ...BEGIN, unit: undefined }),
          wh(60, 2133.8543, { ...END, unit: undefined }),
        ),
      ],
      energy(19718.7),
    ],
    [
      'T9 signed twins that name the wrong unit',
      [
        ended(
          60,
          wh(0, 2114135.6, BEGIN),
          wh(60, 2133854.3, END),
          wh(0, 2114.1356, { ...BEGIN, signed: true }),
          wh(60, 2133.8543, { ...END, signed: true }),
        ),
      ],
      energy(19718.7),
    ],
    [
      'T9 signed values alone, in a unit that they name',
      [
        started(0, wh(0, 2114.1356, { ...BEGIN, unit: 'kWh', signed: true })),
        ended(60, wh(60, 2133.8543, { ...END, unit: 'kWh', signed: true })),
      ],
      energy(19718.7),
    ],
    [
      'T9 signed values alone, in no unit',
      [
        started(0, wh(0, 2114.1356, { ...BEGIN, unit: undefined, signed: true })),
        ended(60, wh(60, 2133.8543, { ...END, unit: undefined, signed: true })),
      ],
      nothing('signed_unit_unknown'),
    ],
    [
      'T9 signed data of 1.6 alone',
      [
        started(0, wh(0, 'OCMF|{}|{}', { ...BEGIN, format: 'SignedData' })),
        ended(60, wh(60, 'OCMF|{}|{}', { ...END, format: 'SignedData' })),
      ],
      nothing('signed_unit_unknown'),
    ],
    [
      'T9 a plain start and a signed end without unit',
      [started(0, wh(0, 2114135.6, BEGIN)), ended(60, wh(60, 2133.8543, { ...END, unit: undefined, signed: true }))],
      nothing('no_end_register', { meterStartWh: 2114135.6 }),
    ],
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
      'C3 phases of which one is told at the end alone',
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
      'C4 intervals of which nobody knows the first: Started is lost',
      [updated(30, interval(30, 1200)), ended(60, interval(60, 800))],
      nothing('intervals_missing'),
    ],
    [
      'C4 an interval that is told twice',
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
    [
      'T11 numbering that restarts: the register of the end',
      [
        started(0, wh(0, 1000)),
        updated(10, wh(10, 2000)),
        updated(20, wh(20, 3000)),
        updated(30, wh(30, 4000)),
        updated(40, wh(40, 5000)),
        updated(50, wh(50, 6000)),
        ended(60, wh(60, 7000, END)),
      ],
      energy(6000),
    ],
    [
      'T11 the register of the end before a later update',
      [started(0, wh(0, 1000)), updated(70, wh(70, 7500)), ended(60, wh(60, 7000))],
      energy(6000),
    ],
    [
      'T12 a register that falls',
      [start16(0, 5000), stop16(60, 40)],
      nothing('register_fell', { meterStartWh: 5000, meterStopWh: 40 }),
    ],
    [
      'T12 a register that falls, of 2.0.1',
      [started(0, wh(0, 5000, BEGIN)), ended(60, wh(60, 40, END))],
      nothing('register_fell'),
    ],
    [
      'T12 an outlet that falls beside an inlet that rises: no other is tried',
      [started(0, wh(0, 5000), wh(0, 1, inlet)), ended(60, wh(60, 40), wh(60, 900, inlet))],
      nothing('register_fell'),
    ],
    ['T15 kWh', [started(0, wh(0, 12.5, { unit: 'kWh' })), ended(60, wh(60, 20.5, { unit: 'kWh' }))], energy(8000)],
    [
      'T15 a multiplier',
      [started(0, wh(0, 1.25, { multiplier: 4 })), ended(60, wh(60, 2.05, { multiplier: 4 }))],
      energy(8000),
    ],
    [
      'T15 a multiplier without a unit',
      [
        started(0, wh(0, 12.5, { unit: undefined, multiplier: 3 })),
        ended(60, wh(60, 20.5, { unit: undefined, multiplier: 3 })),
      ],
      energy(8000),
    ],
    [
      'T15 another unit at each end',
      [started(0, wh(0, 12.5, { unit: 'kWh' })), ended(60, wh(60, 20500))],
      energy(8000),
    ],
    [
      'T15 a unit that is none of energy',
      [started(0, wh(0, 1, { unit: 'W' })), ended(60, wh(60, 2, { unit: 'W' }))],
      nothing('no_register'),
    ],
    ['a session of a lorry by a wrong clock', [start16(0, 0), stop16(-60, 800_000)], energy(800_000)],
    [
      'no register: never 0',
      [started(0), updated(30, wh(30, 7, { measurand: 'Power.Active.Import', unit: 'kW' })), ended(60)],
      nothing('no_register', { source: null }),
    ],
    [
      'a start without an end',
      [start16(0, 1000), ended(60)],
      nothing('no_end_register', { meterStartWh: 1000, meterStopWh: null }),
    ],
    [
      'an end without a start',
      [stop16(60, 1000)],
      nothing('no_start_register', { meterStartWh: null, meterStopWh: 1000 }),
    ],
    [
      'one reading, told with the start and again with the end',
      [started(0, wh(0, 1000)), ended(60, wh(0, 1000))],
      nothing('one_reading'),
    ],
    ['one reading in passing', [started(0), updated(30, wh(30, 1000)), ended(60)], nothing('one_reading')],
    ['negative registers', [started(0, wh(0, -1)), ended(60, wh(60, -1))], nothing('no_register')],
    [
      'neutral and phase to phase',
      [started(0, wh(0, 1, { phase: 'N' })), ended(60, wh(60, 9, { phase: 'L1-L2' }))],
      nothing('no_register'),
    ],
    [
      'an unknown location',
      [started(0, wh(0, 1, { location: 'Moon' })), ended(60, wh(60, 9, { location: 'Moon' }))],
      nothing('no_register'),
    ],
    ['locations in another case', [started(0, wh(0, 1, { location: 'OUTLET' })), ended(60, wh(60, 9))], energy(8)],
    [
      'what was exported',
      [
        started(0, wh(0, 1, { measurand: 'Energy.Active.Export.Register' })),
        ended(60, wh(60, 9, { measurand: 'Energy.Active.Export.Register' })),
      ],
      nothing('no_register'),
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

  it.each<[string, Message[], Partial<Bill>]>([
    [
      'the latest reading',
      [start16(0, 1000), reading(10, wh(10, 1500)), reading(20, wh(20, 2000))],
      energy(1000, { meterStopWh: 2000 }),
    ],
    [
      'A7b not a stray high one',
      [start16(0, 1000), reading(10, wh(10, 2000)), reading(20, wh(20, 99_999_999))],
      energy(1000),
    ],
    [
      'A7b not a stray high one of which the honest ones are later',
      [start16(0, 1000), reading(10, wh(10, 99_999_999)), reading(20, wh(20, 2000)), reading(30, wh(30, 2500))],
      energy(1500),
    ],
    [
      'A7b nothing where only the stray one is there',
      [start16(0, 1000), reading(10, wh(10, 99_999_999))],
      nothing('register_implausible'),
    ],
    ['A6 not a stray zero', [start16(0, 1000), reading(10, wh(10, 2000)), reading(20, wh(20, 0))], energy(1000)],
    [
      'A6 nothing while a zero may be stray or not',
      [start16(0, 0), reading(10, wh(10, 2000)), reading(20, wh(20, 0))],
      nothing('register_fell'),
    ],
    [
      'A6 what later readings agree with',
      [start16(0, 0), reading(10, wh(10, 2000)), reading(20, wh(20, 0)), reading(30, wh(30, 2500))],
      energy(2500),
    ],
    [
      'A9 nothing once a fall is confirmed',
      [start16(0, 100_000), reading(20, wh(20, 101_000)), reading(30, wh(30, 0)), reading(40, wh(40, 500))],
      nothing('register_fell'),
    ],
    ['nothing of a start alone', [start16(0, 1000)], nothing('no_end_register')],
    ['C3 the phases', [started(0, ...at3(0, [1, 1, 1])), updated(10, ...at3(10, [101, 101, 101]))], energy(300)],
    ['C4 the intervals', [started(0), updated(15, interval(15, 100)), updated(30, interval(30, 100))], energy(200)],
    [
      'readings of a transaction whose start was lost',
      [updated(10, wh(10, 5000)), updated(20, wh(20, 6000))],
      energy(1000),
    ],
    [
      'not a stray first one',
      [updated(5, wh(5, 99_999_999)), updated(10, wh(10, 5000)), updated(20, wh(20, 6000))],
      energy(1000),
    ],
  ])('takes, so far, %s', (_case, messages, expected) => {
    expect(soFar(...messages)).toMatchObject(expected);
  });
});

describe('lastRegisterWh', () => {
  it.each<[string, Message[], number | null]>([
    ['the start where there is no more', [start16(0, 1000)], 1000],
    ['the latest reading', [start16(0, 1000), reading(10, wh(10, 1500)), reading(20, wh(20, 2000))], 2000],
    ['the stop', [start16(0, 1000), stop16(60, 3000)], 3000],
    [
      'what stands before a stray reading',
      [start16(0, 1000), reading(10, wh(10, 1500)), reading(20, wh(20, 99_999_999))],
      1500,
    ],
    ['the start before a stray reading', [start16(0, 1000), reading(20, wh(20, 99_999_999))], 1000],
    ['nothing where the register fell', [start16(0, 5000), reading(10, wh(10, 0)), reading(20, wh(20, 40))], null],
    ['nothing of another location', [started(0, wh(0, 1000, inlet))], null],
    ['nothing of no reading', [started(0)], null],
  ])('is %s', (_what, messages, expected) => {
    expect(lastRegisterWh(bookOf(messages))).toBe(expected);
  });
});
