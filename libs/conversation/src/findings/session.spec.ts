import { describe, expect, it } from '@jest/globals';
import { type Case, played } from '../testdata/cases.ts';
import { Talk, VERSIONS } from '../testdata/talk.ts';
import { findingsOf } from './findings.ts';

const AT = new Date('2026-03-01T10:00:00Z');
const KNOWN = { connections: [{ connectionId: 'c1', openedAt: AT }] };

const CASES: readonly Case[] = [
  ['a token that is refused', 'failed-authorization', 1, (talk) => talk.authorize('CARD0001', 'Blocked')],
  ['a start that is refused', 'failed-authorization', 1, (talk) => talk.start({ status: 'ConcurrentTx' })],
  ['a token that is accepted', 'failed-authorization', 0, (talk) => talk.authorize().start()],
  [
    'an authorization that failed with an error',
    'failed-authorization',
    0,
    (talk) => talk.in('Authorize', { idTag: 'CARD0001' }, 'InternalError'),
  ],

  [
    'a start of a token that was refused',
    'unexpected-start',
    1,
    (talk) => talk.boot().authorize('CARD0001', 'Blocked').start({ token: 'card0001' }),
  ],
  [
    'a start whose token is refused in its answer',
    'unexpected-start',
    1,
    (talk) => talk.boot().start({ status: 'Invalid' }),
  ],
  [
    'a start after a refusal that was revoked',
    'unexpected-start',
    0,
    (talk) => talk.boot().authorize('CARD0001', 'Blocked').authorize().start(),
  ],
  [
    'a start that the backend asked for',
    'unexpected-start',
    0,
    (talk) =>
      talk
        .boot()
        .authorize('CARD0001', 'Blocked')
        .out('RequestStartTransaction', { idToken: { idToken: 'CARD0001' } })
        .out('RemoteStartTransaction', { idTag: 'CARD0001' })
        .start(),
  ],
  [
    'a start after another token was refused',
    'unexpected-start',
    0,
    (talk) => talk.boot().authorize('CARD0002', 'Blocked').start(),
  ],
  ['a start that nothing precedes', 'unexpected-start', 1, (talk) => talk.start()],
  [
    'a start that nothing precedes, of a known charge point',
    'unexpected-start',
    0,
    (talk) => {
      talk.start();
      return KNOWN;
    },
  ],
  ['a start from the local list', 'unexpected-start', 0, (talk) => talk.boot().start()],
  [
    'a start on an occupied connector',
    'unexpected-start',
    1,
    (talk) => talk.boot().authorize().start({ id: '7' }).wait(600).start({ id: '8', wh: 3000 }),
  ],
  [
    'a start on another connector',
    'unexpected-start',
    0,
    (talk) => talk.boot().authorize().start({ id: '7' }).wait(600).start({ id: '8', connector: 2 }),
  ],
  [
    'a start after the end of the one before',
    'unexpected-start',
    0,
    (talk) => talk.boot().authorize().start({ id: '7' }).wait(600).stop({ id: '7' }).start({ id: '8', wh: 3000 }),
  ],
  [
    'a start that is sent again',
    'unexpected-start',
    0,
    (talk) => {
      talk
        .boot()
        .authorize()
        .start()
        .messages.push(...talk.messages.slice(-2));
      return talk;
    },
  ],

  ['a session of half a minute', 'suspicious-duration', 1, (talk) => talk.boot().start().wait(30).stop()],
  ['a session of two days', 'suspicious-duration', 1, (talk) => talk.boot().start().wait(172_800).stop()],
  [
    'a session that has been running for two days',
    'suspicious-duration',
    1,
    (talk) => {
      talk.boot().start();
      return { ...KNOWN, now: talk.wait(172_800).now };
    },
  ],
  ['a session of two minutes', 'suspicious-duration', 0, (talk) => talk.boot().start().wait(120).stop()],
  [
    'a session whose messages came late and together',
    'suspicious-duration',
    0,
    (talk) => {
      talk.boot().clockS = -7200;
      talk.start().wait(5).clockS = -3600;
      return talk.stop();
    },
  ],
  ['a session whose start is not known', 'suspicious-duration', 0, (talk) => talk.boot().stop()],

  [
    'a reason of no specification',
    'invalid-stop-reason',
    1,
    (talk) => talk.boot().start().wait(90).stop({ reason: 'PowerSurge' }),
  ],
  [
    'a reason in another letter case',
    'invalid-stop-reason',
    0,
    (talk) => talk.boot().start().wait(90).stop({ reason: 'local' }),
  ],
  ['an unusual reason', 'invalid-stop-reason', 0, (talk) => talk.boot().start().wait(90).stop({ reason: 'Other' })],

  ['a fault', 'connector-fault', 1, (talk) => talk.status('Faulted', 'GroundFailure')],
  ['a warning', 'connector-fault', 0, (talk) => talk.status('Available', 'NoError').status('Unavailable')],

  [
    'a reservation of an occupied connector',
    'forbidden-status-transition',
    1,
    (talk) => talk.status('Charging').status('Reserved'),
  ],
  [
    'a status that is sent again',
    'forbidden-status-transition',
    0,
    (talk) => talk.status('Charging').status('Charging'),
  ],
  [
    'statuses on two connections',
    'forbidden-status-transition',
    0,
    (talk) => talk.status('Charging').reconnect('c2').status('Reserved'),
  ],
  [
    'a fault and its end',
    'forbidden-status-transition',
    0,
    (talk) => talk.status('Reserved').status('Faulted').status('Reserved').status('Available'),
  ],
];

describe.each(VERSIONS)('findings about sessions and connectors in OCPP %s', (version) => {
  it.each(CASES)('%s: %s × %i', (...each) => {
    const { found, expected } = played(version, each);
    expect(found).toEqual(expected);
  });

  it('never name an id token', () => {
    const talk = new Talk(version).boot().authorize('CARD0001', 'Blocked').start({ status: 'Blocked' }).wait(5).stop();
    expect(JSON.stringify(findingsOf({ messages: talk.messages }))).not.toMatch(/CARD0001/i);
  });
});

describe('what one version has alone', () => {
  it.each([
    ['Available', 'Finishing'],
    ['Preparing', 'Reserved'],
    ['Finishing', 'Charging'],
    ['Unavailable', 'Finishing'],
  ])('1.6 has no transition from %s to %s', (from, to) => {
    expect(new Talk('1.6').status(from).status(to).found()).toEqual({ 'forbidden-status-transition': 1 });
  });

  it('2.0.1 reports faults by events, too', () => {
    const event = (name: string, variable: string, actualValue: string) => ({
      eventId: 1,
      timestamp: AT.toISOString(),
      trigger: 'Alerting',
      eventNotificationType: 'HardWiredMonitor',
      component: { name, evse: { id: 1, connectorId: 1 } },
      variable: { name: variable },
      actualValue,
    });
    const talk = new Talk('2.0.1').in('NotifyEvent', {
      generatedAt: AT.toISOString(),
      seqNo: 0,
      eventData: [
        event('Connector', 'AvailabilityState', 'Faulted'),
        event('ConnectorPlugRetentionLock', 'Problem', 'true'),
        event('ConnectorPlugRetentionLock', 'Problem', 'false'),
      ],
    });
    expect(talk.found()).toEqual({ 'connector-fault': 2 });
  });
});
