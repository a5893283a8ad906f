import { describe, expect, it } from '@jest/globals';
import { type Case, played } from '../testdata/cases.ts';
import { Talk, VERSIONS } from '../testdata/talk.ts';

const AT = new Date('2026-03-01T10:00:00Z');
const KNOWN = { connections: [{ connectionId: 'c1', openedAt: AT }] };

const minutes = (talk: Talk, count: number, wh: (minute: number) => number): Talk =>
  Array.from({ length: count }).reduce<Talk>((each, _, i) => each.wait(60).reading({ wh: wh(i + 1) }), talk);

const CASES: readonly Case[] = [
  ['a session without readings', 'meter-gap', 1, (talk) => talk.boot().start().wait(1800).stop()],
  [
    'a pause far longer than usual',
    'meter-gap',
    1,
    (talk) => minutes(minutes(talk.boot().start(), 5, (m) => 1000 + m).wait(600), 5, (m) => 1010 + m).stop(),
  ],
  [
    'a session that stopped sending readings',
    'meter-gap',
    1,
    (talk) => {
      minutes(talk.boot().start(), 5, (m) => 1000 + m);
      return { ...KNOWN, now: talk.wait(1500).now };
    },
  ],
  [
    'readings each quarter of an hour',
    'meter-gap',
    0,
    (talk) => talk.boot().start().wait(900).reading({ wh: 1100 }).wait(900).reading({ wh: 1200 }).wait(900).stop(),
  ],
  ['a short session without readings', 'meter-gap', 0, (talk) => talk.boot().start().wait(600).stop()],

  [
    'a register that is negative',
    'meter-anomaly',
    1,
    (talk) => talk.boot().start().wait(60).reading({ wh: -5 }).wait(60).stop(),
  ],
  [
    'a register that jumps',
    'meter-anomaly',
    1,
    (talk) => talk.boot().start().wait(60).reading({ wh: 99_999_999 }).wait(60).reading({ wh: 1100 }).wait(60).stop(),
  ],
  [
    'a register in kWh',
    'meter-anomaly',
    0,
    (talk) =>
      talk
        .boot()
        .start()
        .wait(60)
        .reading({ wh: 1.1, sample: { unit: 'kWh', unitOfMeasure: { unit: 'kWh' } } })
        .wait(60)
        .stop(),
  ],
  [
    'power that falls and is negative',
    'meter-anomaly',
    0,
    (talk) =>
      talk
        .boot()
        .start()
        .wait(60)
        .reading({ wh: -300, sample: { measurand: 'Power.Active.Import' } })
        .wait(60)
        .stop(),
  ],
  [
    'a session that is marked',
    'meter-anomaly',
    1,
    () => ({
      sessions: [{ transactionId: '7', startedAt: AT, quality: ['reading_implausible'] }],
    }),
  ],

  [
    'a register that falls',
    'falling-register',
    1,
    (talk) => talk.boot().start().wait(60).reading({ wh: 1500 }).wait(60).reading({ wh: 1200 }).wait(60).stop(),
  ],
  ['an end below the start', 'falling-register', 1, (talk) => talk.boot().start().wait(90).stop({ wh: 10 })],
  [
    'a register of energy given back that falls',
    'falling-register',
    1,
    (talk) => {
      const sample = { measurand: 'Energy.Active.Export.Register' };
      return talk
        .boot()
        .start()
        .wait(60)
        .reading({ wh: 900, sample })
        .wait(60)
        .reading({ wh: 800, sample })
        .wait(60)
        .stop();
    },
  ],
  [
    'a register that stands still',
    'falling-register',
    0,
    (talk) => talk.boot().start().wait(60).reading().wait(60).reading().wait(60).stop({ wh: 1000 }),
  ],
  [
    'another location that is lower',
    'falling-register',
    0,
    (talk) =>
      talk
        .boot()
        .start()
        .wait(60)
        .reading({ wh: 10, sample: { location: 'Inlet' } })
        .wait(60)
        .stop(),
  ],
  ['another session that is lower', 'falling-register', 0, (talk) => talk.boot().session('7', 5000).session('8', 100)],
  [
    'a session that is marked register_reset',
    'falling-register',
    1,
    () => ({
      sessions: [{ transactionId: '7', startedAt: AT, quality: ['register_reset'] }],
    }),
  ],
];

describe.each(VERSIONS)('findings about meters in OCPP %s', (version) => {
  it.each(CASES)('%s: %s × %i', (...each) => {
    const { found, expected } = played(version, each);
    expect(found).toEqual(expected);
  });
});

describe('what 1.6 has alone', () => {
  it('is found in a reading that is no number, also where the stop has no id', () => {
    const talk = new Talk('1.6').boot().start().wait(60).reading({ wh: 'n/a' }).wait(60).stop({ id: '-1' });
    expect(talk.found()).toEqual({ 'meter-anomaly': 1 });
  });
});
