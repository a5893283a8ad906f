import { describe, expect, it } from '@jest/globals';
import { type Bill } from './bill.ts';
import {
  BEGIN,
  END,
  wh,
  inlet,
  started,
  updated,
  ended,
  start16,
  stop16,
  bill,
  energy,
  nothing,
  type Message,
} from './testdata/messages.ts';

describe('billOf', () => {
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
      'one reading, sent with the start and again with the end',
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
      'an unknown location: one like any other',
      [started(0, wh(0, 1, { location: 'Moon' })), ended(60, wh(60, 9, { location: 'Moon' }))],
      energy(8, { source: 'other Moon' }),
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
});
