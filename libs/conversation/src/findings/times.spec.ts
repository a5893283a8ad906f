import { describe, expect, it } from '@jest/globals';
import { type Case, played } from '../testdata/cases.ts';
import { Talk, VERSIONS } from '../testdata/talk.ts';

const AT = new Date('2026-03-01T10:00:00Z');

const CASES: readonly Case[] = [
  ['silence after a boot', 'heartbeat-missing', 1, (talk) => talk.boot().wait(720).status('Available')],
  [
    'silence for four intervals',
    'heartbeat-missing',
    1,
    (talk) => talk.boot().wait(300).heartbeat().wait(1210).heartbeat(),
  ],
  [
    'silence for two intervals',
    'heartbeat-missing',
    0,
    (talk) => talk.boot().wait(300).heartbeat().wait(610).heartbeat(),
  ],
  [
    'other messages in place of heartbeats',
    'heartbeat-missing',
    0,
    (talk) => [1, 2, 3, 4, 5].reduce((each) => each.wait(290).status('Available'), talk.boot()),
  ],
  [
    'silence between two connections',
    'heartbeat-missing',
    0,
    (talk) => talk.boot().wait(300).heartbeat().wait(9000).reconnect('c2').heartbeat(),
  ],
  [
    'silence while the interval is not known',
    'heartbeat-missing',
    0,
    (talk) => talk.heartbeat().wait(9000).heartbeat(),
  ],
  [
    'silence with an interval that was agreed on before',
    'heartbeat-missing',
    1,
    (talk) => {
      talk.heartbeat().wait(9000).heartbeat();
      return { heartbeatIntervalS: 300 };
    },
  ],
  [
    'silence at the end, on an open connection',
    'heartbeat-missing',
    1,
    (talk) => {
      talk.boot().wait(300).heartbeat();
      return { now: talk.wait(1500).now, connections: [{ connectionId: 'c1', openedAt: AT }] };
    },
  ],
  [
    'silence at the end, on a closed connection',
    'heartbeat-missing',
    0,
    (talk) => {
      const endedAt = talk.boot().wait(300).heartbeat().now;
      return { now: talk.wait(1500).now, connections: [{ connectionId: 'c1', openedAt: AT, endedAt }] };
    },
  ],

  ['a heartbeat that is late', 'heartbeat-off-interval', 1, (talk) => talk.boot().heartbeat().wait(500).heartbeat()],
  [
    'heartbeats that are hasty',
    'heartbeat-off-interval',
    4,
    (talk) => [1, 2, 3, 4].reduce((each) => each.wait(60).heartbeat(), talk.boot().heartbeat()),
  ],
  [
    'a heartbeat that was triggered',
    'heartbeat-off-interval',
    0,
    (talk) => talk.boot().heartbeat().wait(60).heartbeat().wait(300).heartbeat(),
  ],
  [
    'a late heartbeat after another message',
    'heartbeat-off-interval',
    0,
    (talk) => talk.boot().heartbeat().wait(250).status('Available').wait(300).heartbeat(),
  ],
  [
    'an interval of 0, by which the charge point may choose',
    'heartbeat-off-interval',
    0,
    (talk) => talk.boot('Accepted', 0).heartbeat().wait(3000).heartbeat(),
  ],

  [
    'a clock that is an hour ahead',
    'clock-skew',
    2,
    (talk) => {
      talk.clockS = 3600;
      return talk.boot().status('Preparing').status('Available');
    },
  ],
  [
    'a clock that is an hour behind',
    'clock-skew',
    3,
    (talk) => {
      talk.clockS = -3600;
      return talk.boot().status('Preparing').status('Available').status('Preparing');
    },
  ],
  [
    'one message that was sent late',
    'clock-skew',
    0,
    (talk) => {
      talk.boot().status('Preparing').status('Available');
      talk.clockS = -3600;
      return talk.status('Preparing');
    },
  ],
  [
    'a clock that is a few seconds off',
    'clock-skew',
    0,
    (talk) => {
      talk.clockS = 20;
      return talk.boot().session();
    },
  ],
  [
    'a clock that was never set',
    'clock-skew',
    1,
    (talk) => {
      talk.clockS = -AT.getTime() / 1000;
      return talk.boot().status('Available');
    },
  ],
  [
    'a session that is marked',
    'clock-skew',
    1,
    () => ({
      sessions: [{ transactionId: '7', startedAt: AT, quality: ['clock_skew'] }],
    }),
  ],
];

describe.each(VERSIONS)('findings about heartbeats and clocks in OCPP %s', (version) => {
  it.each(CASES)('%s: %s × %i', (...each) => {
    const { found, expected } = played(version, each);
    expect(found).toEqual(expected);
  });

  it('take the interval that we set', () => {
    const talk = new Talk(version).boot();
    if (version === '1.6') talk.out('ChangeConfiguration', { key: 'HeartbeatInterval', value: '30' });
    else
      talk.out(
        'SetVariables',
        {
          setVariableData: [
            { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' }, attributeValue: '30' },
          ],
        },
        {
          setVariableResult: [
            {
              component: { name: 'OCPPCommCtrlr' },
              variable: { name: 'HeartbeatInterval' },
              attributeStatus: 'Accepted',
            },
          ],
        },
      );
    expect(talk.wait(20).heartbeat().wait(120).heartbeat().found()).toEqual({
      'heartbeat-missing': 1,
      'heartbeat-off-interval': 1,
    });
  });
});
