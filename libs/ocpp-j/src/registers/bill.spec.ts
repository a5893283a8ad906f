import { describe, expect, it } from '@jest/globals';
import { lastRegisterWh, latestRegisterWh, type Bill } from './bill.ts';
import {
  BEGIN,
  END,
  at3,
  bookOf,
  ended,
  energy,
  inlet,
  interval,
  nothing,
  reading,
  bill,
  soFar,
  start16,
  started,
  stop16,
  updated,
  wh,
  type Message,
} from './testdata/messages.ts';

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
      'samples where a field of 1.6 was not sent',
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
      'the earliest reading where the start had none',
      [started(0), updated(1, wh(1, 1000)), ended(60, wh(60, 3000))],
      energy(2000),
    ],
    [
      'the latest reading where the end had none',
      [started(0, wh(0, 1000)), updated(30, wh(30, 2000)), ended(60)],
      energy(1000),
    ],
    [
      'Transaction.End of a MeterValues before a stop without register',
      [start16(0, 1000), reading(59, wh(59, 2500), wh(59, 2600, END)), ended(60)],
      energy(1600),
    ],
    [
      'a reading that was sent again with the end, for what it is',
      [started(0, wh(0, 1000)), updated(30, wh(30, 2000)), ended(60, wh(30, 2000), wh(60, 3000))],
      energy(2000),
    ],
  ])('takes %s', (_what, messages, expected) => {
    expect(bill(...messages)).toMatchObject(expected);
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

describe('latestRegisterWh', () => {
  it.each<[string, Message[], number | null]>([
    ['the reading marked as the end', [ended(60, wh(0, 1500, BEGIN), wh(59, 9000, END), wh(60, 9100))], 9000],
    ['the latest of those that are marked as nothing', [updated(60, wh(0, 1500), wh(60, 9000))], 9000],
    ['the only one', [updated(60, wh(60, 9000))], 9000],
    ['C7 the outlet before another meter', [ended(60, wh(60, 2000), wh(60, 9100, inlet))], 2000],
    ['another meter where there is no outlet', [ended(60, wh(60, 9100, inlet))], 9100],
    ['C3 the sum of phases', [ended(60, ...at3(60, [1, 2, 3]))], 6],
    ['T9 nothing that is signed in no unit', [ended(60, wh(60, 9, { unit: undefined, signed: true }))], null],
    ['nothing where nothing was read', [ended(60)], null],
  ])('is %s', (_what, messages, expected) => {
    expect(latestRegisterWh(bookOf(messages))).toBe(expected);
  });
});
