import { describe, expect, it } from '@jest/globals';
import type { ConnectionSpan } from '../conversation.ts';
import { type Case, played } from '../testdata/cases.ts';
import { Talk, VERSIONS } from '../testdata/talk.ts';

const AT = new Date('2026-03-01T10:00:00Z');

/** Connections that begin so many seconds after each other and last ten seconds. */
function connections(...pauses: number[]): ConnectionSpan[] {
  let at = AT.getTime();
  return pauses.map((pause, i) => {
    at += pause * 1000;
    return { connectionId: `c${i + 1}`, openedAt: new Date(at), endedAt: new Date(at + 10_000), reason: 'closed' };
  });
}

const CASES: readonly Case[] = [
  [
    'handshakes that were refused',
    'handshakes-refused',
    2,
    () => ({
      handshakesRefused: [
        { at: AT, reason: 'wrong_credentials' },
        { at: AT, reason: 'too_many_failures' },
      ],
    }),
  ],
  ['no handshake that was refused', 'handshakes-refused', 0, () => ({ handshakesRefused: [] })],

  ['a boot that is Pending', 'registration-not-accepted', 1, (talk) => talk.boot('Pending')],
  [
    'boots that are Rejected after one was Accepted',
    'registration-not-accepted',
    2,
    (talk) => talk.boot().boot('Rejected').boot('Rejected'),
  ],
  [
    'a boot that is Accepted after one was Pending',
    'registration-not-accepted',
    0,
    (talk) => talk.boot('Pending').boot(),
  ],
  ['a boot without an answer', 'registration-not-accepted', 0, (talk) => talk.in('BootNotification', {}, null)],

  ['five connections in five minutes', 'reconnect-loop', 5, () => ({ connections: connections(0, 60, 60, 60, 60) })],
  [
    'two bursts of connections',
    'reconnect-loop',
    10,
    () => ({
      connections: connections(0, 60, 60, 60, 60, 7200, 60, 60, 60, 60),
    }),
  ],
  ['four connections', 'reconnect-loop', 0, () => ({ connections: connections(0, 60, 60, 60) })],
  ['five connections in an hour', 'reconnect-loop', 0, () => ({ connections: connections(0, 900, 900, 900, 900) })],
  [
    'five connections that only the frames show',
    'reconnect-loop',
    5,
    (talk) => ['c1', 'c2', 'c3', 'c4', 'c5'].reduce((each, id) => each.reconnect(id).heartbeat().wait(30), talk),
  ],

  ['three boots in two minutes', 'repeated-boots', 3, (talk) => talk.boot().wait(60).boot().wait(60).boot()],
  ['two boots', 'repeated-boots', 0, (talk) => talk.boot().wait(60).boot()],
  ['three boots in an hour', 'repeated-boots', 0, (talk) => talk.boot().wait(1200).boot().wait(1200).boot()],
  [
    'boots that were asked for by Pending',
    'repeated-boots',
    0,
    (talk) => talk.boot('Pending').wait(60).boot('Pending').wait(60).boot(),
  ],
  [
    'boots after resets of ours',
    'repeated-boots',
    0,
    (talk) => talk.boot().out('Reset', { type: 'Soft' }).wait(60).boot().out('Reset', { type: 'Hard' }).wait(60).boot(),
  ],
  [
    'boots of which a reset explains one',
    'repeated-boots',
    3,
    (talk) => talk.boot().out('Reset', { type: 'Soft' }).wait(60).boot().wait(60).boot().wait(60).boot(),
  ],

  [
    'a session without an end, in a conversation that is over',
    'offline-during-session',
    1,
    (talk) => talk.boot().authorize().start().wait(60).reading({ wh: 1100 }),
  ],
  [
    'a session that runs',
    'offline-during-session',
    0,
    (talk) => {
      talk.boot().authorize().start().wait(60).reading({ wh: 1100 });
      return { now: talk.now };
    },
  ],
  [
    'a session without an end, in a part of a conversation',
    'offline-during-session',
    0,
    (talk) => {
      talk.boot().authorize().start().wait(60).reading({ wh: 1100 });
      return { connections: [{ connectionId: 'c1', openedAt: AT }] };
    },
  ],
  [
    'an absence during a session',
    'offline-during-session',
    1,
    (talk) => {
      talk.boot().authorize().start();
      const endedAt = talk.wait(60).now;
      const openedAt = talk.wait(300).now;
      talk.reconnect('c2').wait(60).stop();
      return {
        connections: [
          { connectionId: 'c1', openedAt: AT, endedAt },
          { connectionId: 'c2', openedAt },
        ],
      };
    },
  ],
  [
    'a short absence during a session',
    'offline-during-session',
    0,
    (talk) => {
      talk.boot().authorize().start();
      const endedAt = talk.wait(60).now;
      const openedAt = talk.wait(20).now;
      talk.reconnect('c2').wait(60).stop();
      return {
        connections: [
          { connectionId: 'c1', openedAt: AT, endedAt },
          { connectionId: 'c2', openedAt },
        ],
      };
    },
  ],
  [
    'an absence between sessions',
    'offline-during-session',
    0,
    (talk) => {
      talk.boot().session();
      const endedAt = talk.wait(60).now;
      const openedAt = talk.wait(3000).now;
      talk.reconnect('c2').session('8', 3000);
      return {
        connections: [
          { connectionId: 'c1', openedAt: AT, endedAt },
          { connectionId: 'c2', openedAt },
        ],
      };
    },
  ],
];

describe.each(VERSIONS)('findings about the connection in OCPP %s', (version) => {
  it.each(CASES)('%s: %s × %i', (...each) => {
    const { found, expected } = played(version, each);
    expect(found).toEqual(expected);
  });
});

describe('messages that are marked offline in OCPP 2.0.1', () => {
  it('show that the station was away during the session', () => {
    const talk = new Talk('2.0.1')
      .boot()
      .authorize()
      .start({ fields: { offline: true } })
      .wait(90)
      .stop();
    expect(talk.found({}, 'offline-during-session')).toEqual({ 'offline-during-session': 1 });
  });
});
