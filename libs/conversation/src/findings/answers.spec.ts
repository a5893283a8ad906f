import { describe, expect, it } from '@jest/globals';
import { type Case, played } from '../testdata/cases.ts';
import { Talk, VERSIONS } from '../testdata/talk.ts';
import { findingsOf } from './findings.ts';

const AT = new Date('2026-03-01T10:00:00Z');

const CASES: readonly Case[] = [
  [
    'a CALL of ours without an answer',
    'silent-charger',
    1,
    (talk) => talk.out('ClearCache', {}, null).wait(60).heartbeat(),
  ],
  [
    'a CALL of ours that still waits',
    'silent-charger',
    0,
    (talk) => {
      talk.boot().out('ClearCache', {}, null);
      return { now: talk.wait(10).now };
    },
  ],
  [
    'a CALL of ours on a connection that ended',
    'silent-charger',
    0,
    (talk) => {
      talk.boot().out('ClearCache', {}, null);
      const endedAt = talk.wait(5).now;
      talk.reconnect('c2').wait(300).heartbeat();
      return {
        connections: [
          { connectionId: 'c1', openedAt: AT, endedAt },
          { connectionId: 'c2', openedAt: talk.now },
        ],
      };
    },
  ],
  [
    'a CALL of ours that was passed over',
    'silent-charger',
    1,
    (talk) => talk.out('ClearCache', {}, null).wait(5).out('ClearCache', {}),
  ],
  ['a CALL of ours that was answered', 'silent-charger', 0, (talk) => talk.out('ClearCache', {}).wait(60).heartbeat()],

  [
    'a CALLERROR of the charge point',
    'charger-answers-errors',
    1,
    (talk) => talk.out('ClearCache', {}, 'NotImplemented'),
  ],
  [
    'a CALL of ours that was rejected',
    'charger-answers-errors',
    0,
    (talk) => talk.out('ClearCache', {}, { status: 'Rejected' }),
  ],
  ['a CALLERROR of the gateway', 'charger-answers-errors', 0, (talk) => talk.in('Heartbeat', {}, 'InternalError')],

  [
    'a CALL of the charge point without an answer',
    'silent-csms',
    1,
    (talk) => talk.in('Heartbeat', {}, null).wait(60).heartbeat(),
  ],
  ['one that was passed over', 'silent-csms', 1, (talk) => talk.in('Heartbeat', {}, null).wait(1).heartbeat()],
  ['the last frame of a conversation', 'silent-csms', 0, (talk) => talk.boot().in('Heartbeat', {}, null)],
  [
    'one on a connection that ended',
    'silent-csms',
    0,
    (talk) => {
      talk.boot().in('Heartbeat', {}, null);
      const endedAt = talk.wait(2).now;
      talk.reconnect('c2').wait(100).heartbeat();
      return {
        connections: [
          { connectionId: 'c1', openedAt: AT, endedAt },
          { connectionId: 'c2', openedAt: talk.now },
        ],
      };
    },
  ],
  [
    'a message id that is used again on another connection',
    'silent-csms',
    0,
    (talk) => {
      talk.heartbeat().reconnect('c2').raw('in', '[2,"1","Heartbeat",{}]').raw('out', '[3,"1",{}]');
      return talk;
    },
  ],

  ['a CALL that the gateway refused', 'calls-refused', 1, (talk) => talk.in('Nonsense', {}, 'NotImplemented')],
  [
    'a CALL that the gateway took',
    'calls-refused',
    0,
    (talk) => talk.heartbeat().out('ClearCache', {}, 'NotImplemented'),
  ],

  ['a slow answer of the gateway', 'slow-answers', 1, (talk) => talk.in('Heartbeat', {}, {}, { afterS: 12 })],
  ['a slow answer of the charge point', 'slow-answers', 1, (talk) => talk.out('ClearCache', {}, {}, { afterS: 12 })],
  ['an answer in time', 'slow-answers', 0, (talk) => talk.in('Heartbeat', {}, {}, { afterS: 9 })],

  [
    'frames that cannot be read',
    'unreadable-frames',
    2,
    (talk) => talk.raw('in', 'hello').raw('in', '[2,"1"').heartbeat(),
  ],
  [
    'an empty frame, which keeps the connection alive',
    'unreadable-frames',
    0,
    (talk) => talk.raw('in', '').heartbeat(),
  ],

  [
    'field rules',
    'field-rules-met',
    5,
    () => ({
      deviations: [
        { rule: 'timestamp-without-offset', action: 'MeterValues', count: 3, firstAt: AT, lastAt: AT },
        { rule: 'no-pong', count: 2, firstAt: AT, lastAt: AT },
      ],
    }),
  ],
  ['no field rule', 'field-rules-met', 0, () => ({ deviations: [] })],

  [
    'a corrected session',
    'session-corrected',
    1,
    () => ({
      sessions: [{ transactionId: '7', endedAt: AT, quality: ['corrected'] }],
    }),
  ],
  [
    'a session with another flag',
    'session-corrected',
    0,
    () => ({
      sessions: [{ transactionId: '7', endedAt: AT, quality: ['unit_assumed'] }],
    }),
  ],
  [
    'an unassigned stop',
    'session-unassigned',
    1,
    () => ({
      sessions: [{ transactionId: '9', endedAt: AT, unassigned: 'no_transaction_fits' }],
    }),
  ],
  ['an assigned stop', 'session-unassigned', 0, () => ({ sessions: [{ transactionId: '9', endedAt: AT }] })],

  [
    'an upload that failed',
    'diagnostics-failure',
    1,
    (talk) => talk.in('LogStatusNotification', { status: 'UploadFailure', requestId: 1 }),
  ],
  ['a log that was refused', 'diagnostics-failure', 1, (talk) => talk.out('GetLog', {}, { status: 'Rejected' })],
  [
    'an upload',
    'diagnostics-failure',
    0,
    (talk) =>
      talk.out('GetLog', {}, { status: 'Accepted' }).in('LogStatusNotification', { status: 'Uploaded', requestId: 1 }),
  ],

  [
    'a firmware that failed',
    'firmware-failure',
    2,
    (talk) =>
      talk
        .in('FirmwareStatusNotification', { status: 'DownloadFailed' })
        .in('FirmwareStatusNotification', { status: 'InstallationFailed' }),
  ],
  [
    'a firmware with a bad signature',
    'firmware-failure',
    1,
    (talk) => talk.in('FirmwareStatusNotification', { status: 'InvalidSignature' }),
  ],
  [
    'a firmware with a bad certificate',
    'firmware-failure',
    1,
    (talk) => talk.out('UpdateFirmware', {}, { status: 'RevokedCertificate' }),
  ],
  [
    'a firmware that was installed',
    'firmware-failure',
    0,
    (talk) =>
      ['Downloading', 'DownloadPaused', 'Downloaded', 'Installing', 'Installed'].reduce(
        (each, status) => each.in('FirmwareStatusNotification', { status }),
        talk.out('UpdateFirmware', {}, { status: 'AcceptedCanceled' }),
      ),
  ],
];

describe.each(VERSIONS)('findings about answers and reports in OCPP %s', (version) => {
  it.each(CASES)('%s: %s × %i', (...each) => {
    const { found, expected } = played(version, each);
    expect(found).toEqual(expected);
  });

  it('name the frames of a corrected session', () => {
    const talk = new Talk(version).boot().session();
    const sessions = [{ transactionId: '7', endedAt: AT, quality: ['corrected' as const] }];
    const [finding] = findingsOf({ messages: talk.messages, sessions });
    expect(finding?.frames).toHaveLength(2);
  });
});

describe('diagnostics in OCPP 1.6', () => {
  it.each(['UploadFailed', 'DiagnosisFailed'])('%s is a failure', (status) => {
    const talk = new Talk('1.6').in('DiagnosticsStatusNotification', { status });
    expect(talk.found()).toEqual({ 'diagnostics-failure': 1 });
  });

  it.each(['Idle', 'Uploading', 'Uploaded'])('%s is none', (status) => {
    expect(new Talk('1.6').in('DiagnosticsStatusNotification', { status }).found()).toEqual({});
  });
});
