import { describe, expect, it } from '@jest/globals';
import type { TrueMessage, TrueSession, Truth } from '../truth.ts';
import { type Finding, type KeptTransaction, judge } from './judge.ts';
import { renderFindings } from './render.ts';

type MessageDetails = Partial<Pick<TrueMessage, 'outcome' | 'session' | 'repeats'>>;

const session = (more: Partial<TrueSession> = {}): TrueSession => ({
  kind: 'session',
  cpId: 'CP1',
  protocol: '1.6',
  session: 1,
  connector: 1,
  idToken: 'ALICE',
  beganAt: '2026-11-30T05:00:00.000Z',
  endedAt: '2026-11-30T05:10:00.000Z',
  registerBeginWh: 1000,
  registerEndWh: 6000,
  energyWh: 5000,
  totalBeginWh: 1000,
  misbehaviours: [],
  hides: [],
  ...more,
});

const message = (role: TrueMessage['role'], registerWh: number, more: MessageDetails = {}): TrueMessage => ({
  kind: 'message',
  cpId: 'CP1',
  session: 1,
  connector: 1,
  role,
  idToken: 'ALICE',
  registerWh,
  readAt: '2026-11-30T05:05:00.000Z',
  totalWh: registerWh,
  repeats: false,
  action: 'any',
  payload: { meter: registerWh },
  outcome: 'acknowledged',
  answer: {},
  ...more,
});

const kept = (more: Partial<KeptTransaction> = {}): KeptTransaction => ({
  cp_id: 'CP1',
  transaction_id: '7',
  state: 'ended',
  evse_id: 0,
  connector_id: 1,
  id_token: 'ALICE',
  started_at: '2026-11-30T05:00:01.000Z',
  meter_start_wh: 1000,
  meter_stop_wh: 6000,
  energy_wh: 5000,
  ...more,
});

const named = (original: TrueMessage, transactionId: string): TrueMessage => ({
  ...original,
  payload: { transactionInfo: { transactionId } },
});

const NEVER_REPORTED = ['start', 'end', 'token', 'energy'] as const;
const UNREAD = { meter_start_wh: null, meter_stop_wh: null };
const REPORTED = [message('start', 1000), message('stop', 6000)];
const UNASSIGNED = { id_token: null, meter_start_wh: null, energy_wh: null, unassigned_reason: 'several-candidates' };

const found = (truth: Truth[], records: KeptTransaction[]): string[] =>
  judge(truth, records).map(({ rule, what }) => `${rule}: ${what}`);

describe('the judge', () => {
  it.each<[string, Truth[], KeptTransaction[]]>([
    ['what really happened', [session(), ...REPORTED], [kept()]],
    ['a token in other letters', [session(), ...REPORTED], [kept({ id_token: 'alice ' })]],
    [
      'null with a reason, where the misbehaviour gives one',
      [session({ hides: ['energy'] }), ...REPORTED],
      [kept({ energy_wh: null, energy_reason: 'register-fell' })],
    ],
    [
      'an inferred end with the last register that was sent, where the stop was lost',
      [session({ hides: ['end'] }), message('start', 1000), message('update', 4000)],
      [kept({ meter_stop_wh: 4000, energy_wh: 3000, end_inferred: 'newer_start' })],
    ],
    [
      'a suspect, where the stop was lost',
      [session({ hides: ['end'] }), message('start', 1000)],
      [kept({ state: 'active', meter_stop_wh: null, energy_wh: null, suspect_since: '2026-11-30T05:20:00.000Z' })],
    ],
    [
      'a stop that waits unassigned, where it does not say whose it is',
      [session({ hides: ['end'] }), ...REPORTED],
      [kept({ state: 'active', energy_wh: 0 }), kept({ ...UNASSIGNED, transaction_id: 'u-1' })],
    ],
    [
      'the last register before a reset within the session, where the meter went beyond its beginning again',
      [
        session({ registerBeginWh: 0, registerEndWh: 500, energyWh: 1400, hides: ['energy', 'end'] }),
        message('start', 0),
        message('update', 900),
      ],
      [kept({ meter_start_wh: 0, meter_stop_wh: 900, energy_wh: 900, end_inferred: 'status_answer' })],
    ],
    [
      'a reading after the end that names the session, where the stop was lost',
      [session({ hides: ['end'] }), message('start', 1000), message('update', 7500)],
      [kept({ meter_stop_wh: 7500, energy_wh: 6500, end_inferred: 'newer_start' })],
    ],
    ['a session of which nothing was acknowledged', [session(), message('start', 1000, { outcome: 'lost' })], []],
    [
      'a start that was never sent',
      [session({ hides: ['start', 'token'] }), message('stop', 6000)],
      [kept({ ...UNASSIGNED, transaction_id: 'u-1' })],
    ],
    [
      'two sessions of one driver',
      [
        session(),
        session({ session: 2, registerBeginWh: 6000, registerEndWh: 7000, energyWh: 1000 }),
        ...REPORTED,
        message('start', 6000, { session: 2 }),
        message('stop', 7000, { session: 2 }),
      ],
      [kept({ transaction_id: '8', meter_start_wh: 6000, meter_stop_wh: 7000, energy_wh: 1000 }), kept()],
    ],
    [
      'two sessions of one driver whose starts were lost, where the first sent no more than its end',
      [
        session({ registerBeginWh: 5000, energyWh: 1000, hides: ['start', 'energy'] }),
        session({ session: 2, registerBeginWh: 6000, registerEndWh: 9000, energyWh: 3000, hides: ['start', 'energy'] }),
        named(message('stop', 6000), 'a'),
        named(message('stop', 9000, { session: 2 }), 'b'),
      ],
      [
        kept({ transaction_id: 'a', meter_start_wh: 6000, meter_stop_wh: 6000, energy_wh: 0 }),
        kept({ transaction_id: 'b', meter_start_wh: 6500, meter_stop_wh: 9000, energy_wh: 2500 }),
      ],
    ],
    [
      'two such sessions that have one id',
      [
        session({ registerBeginWh: 5000, energyWh: 1000, hides: ['start', 'energy'] }),
        session({ session: 2, registerBeginWh: 6000, registerEndWh: 9000, energyWh: 3000, hides: ['start', 'energy'] }),
        named(message('stop', 6000), 'a'),
        named(message('stop', 9000, { session: 2 }), 'a'),
      ],
      [
        kept({ transaction_id: 'a', meter_start_wh: 6000, meter_stop_wh: 6000, energy_wh: 0 }),
        kept({
          transaction_id: 'a~2',
          station_transaction_id: 'a',
          meter_start_wh: 6500,
          meter_stop_wh: 9000,
          energy_wh: 2500,
        }),
      ],
    ],
    [
      'two sessions of one driver and one id that sent no register, by when they began',
      [
        session({ energyWh: 1000 }),
        session({
          session: 2,
          beganAt: '2026-11-30T07:00:00.000Z',
          registerBeginWh: 6000,
          registerEndWh: 9000,
          energyWh: 3000,
        }),
        named(message('start', 1000), 'a'),
        named(message('stop', 2000), 'a'),
        named(message('start', 6000, { session: 2 }), 'a'),
        named(message('stop', 9000, { session: 2 }), 'a'),
      ],
      [
        kept({
          ...UNREAD,
          transaction_id: 'a~2',
          station_transaction_id: 'a',
          started_at: '2026-11-30T07:00:00.000Z',
          energy_wh: 3000,
        }),
        kept({ ...UNREAD, transaction_id: 'a', started_at: '2026-11-30T05:00:00Z', energy_wh: 1000 }),
      ],
    ],
    [
      "a transaction without token that is another session's by its id",
      [
        session({ registerBeginWh: 5000, registerEndWh: 900, energyWh: 1000, hides: NEVER_REPORTED }),
        session({ session: 2, registerBeginWh: 900, registerEndWh: 500, energyWh: 3000, hides: NEVER_REPORTED }),
        named(message('update', 700), 'a'),
        named(message('update', 3400, { session: 2 }), 'b'),
      ],
      [
        kept({
          transaction_id: 'b',
          id_token: null,
          meter_start_wh: 1000,
          meter_stop_wh: 3400,
          energy_wh: 2400,
          end_inferred: 'status_answer',
        }),
        kept({
          transaction_id: 'a',
          id_token: null,
          meter_start_wh: 100,
          meter_stop_wh: 700,
          energy_wh: 600,
          end_inferred: 'status_answer',
        }),
      ],
    ],
  ])('takes %s', (_, truth, records) => {
    expect(found(truth, records)).toEqual([]);
  });

  it.each<[string, Truth[], KeptTransaction[], RegExp[]]>([
    ['a session that is nowhere', [session(), ...REPORTED], [], [/^kept: ALICE charged.*no transaction/]],
    [
      "another's energy",
      [session(), ...REPORTED],
      [kept({ meter_start_wh: 0, meter_stop_wh: 700, energy_wh: 700 })],
      [/^driver: 7 bills ALICE 0 to 700 Wh/, /^energy: ALICE has 700 Wh and used 5000/],
    ],
    [
      'a session that was none',
      [session(), ...REPORTED],
      [kept(), kept({ transaction_id: '8' })],
      [/^driver: 8 bills ALICE a session that was none/, /^sum: connector 1: billed 10000 Wh, metered 5000/],
    ],
    [
      'a driver who did not charge',
      [session(), ...REPORTED],
      [kept(), kept({ transaction_id: '8', id_token: 'BOB', energy_wh: 0 })],
      [/^driver: 8 bills BOB/],
    ],
    [
      'a reading after the end that names the session, where the stop was sent',
      [session(), ...REPORTED, message('update', 7500)],
      [kept({ meter_stop_wh: 7500, energy_wh: 6500 })],
      [/^driver: 7 bills ALICE 1000 to 7500 Wh/, /^energy: ALICE has 6500 Wh and used 5000/, /^sum: /],
    ],
    [
      'a reading after the end that names no session, where the stop was lost',
      [session({ hides: ['end'] }), message('start', 1000), message('idle', 7500)],
      [kept({ meter_stop_wh: 7500, energy_wh: 6500, end_inferred: 'newer_start' })],
      [/^driver: 7 bills ALICE 1000 to 7500 Wh/, /^energy: ALICE has 6500 Wh and used 5000/, /^sum: /],
    ],
    [
      'a stop that is in no record',
      [session({ hides: ['end'] }), ...REPORTED],
      [kept({ state: 'active', suspect_since: 'now' })],
      [/^kept: ALICE ended at 6000 Wh, was acknowledged, and its transaction goes on/],
    ],
    [
      'a transaction without end that nobody suspects',
      [session({ hides: ['end'] }), message('start', 1000)],
      [kept({ state: 'active', energy_wh: 0 })],
      [/^listed: /],
    ],
    [
      'no energy without a reason',
      [session({ hides: ['energy'] }), ...REPORTED],
      [kept({ energy_wh: null })],
      [/^energy: .*no reason/],
    ],
    [
      'no energy where it was sent',
      [session(), ...REPORTED],
      [kept({ energy_wh: null, energy_reason: 'register-fell' })],
      [/^energy: ALICE has no energy: register-fell/],
    ],
    [
      'less than was sent',
      [session(), ...REPORTED],
      [kept({ energy_wh: 4000 })],
      [/^energy: ALICE has 4000 Wh and used 5000/],
    ],
    [
      'an end that nobody sent and that is not marked',
      [session({ hides: ['end'] }), message('start', 1000)],
      [kept({ energy_wh: 0 })],
      [/^energy: ALICE has an end that nobody sent/],
    ],
  ])('finds %s', (_, truth, records, expected) => {
    const findings = found(truth, records);
    expect(findings).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(findings[index]).toMatch(pattern);
  });

  it('tells what was sent and what came of it', () => {
    const findings = judge([session({ misbehaviours: ['lost-stop'] }), ...REPORTED], [kept({ energy_wh: 4000 })]);
    const text = renderFindings(findings as Finding[]);
    expect(text).toContain('1  energy: lost-stop');
    expect(text).toMatch(/sent stop at 6000 Wh, acknowledged: \{"meter":6000\}/);
    expect(text).toMatch(/came .*"energy_wh":4000/);
  });
});
