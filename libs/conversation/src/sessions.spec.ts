import { describe, expect, it } from '@jest/globals';
import { sessionsOf } from './sessions.ts';
import { Talk, VERSIONS } from './testdata/talk.ts';

describe.each(VERSIONS)('the sessions of a conversation of %s', (version) => {
  it('have who charged, where, when and how much', () => {
    const { sessions, unassignedStops } = sessionsOf(new Talk(version).boot().session('7', 1000));
    const [session, ...others] = sessions;
    expect([others, unassignedStops]).toEqual([[], 0]);
    expect(session).toMatchObject({
      transactionId: '7',
      evseId: 1,
      state: 'ended',
      start: { assumed: false },
      idToken: 'CARD0001',
      end: { assumed: false, reason: 'EVDisconnected' },
      meterStartWh: 1000,
      meterStopWh: 2050,
      energyWh: 1050,
    });
  });

  it('have the energy so far while they run', () => {
    const talk = new Talk(version).boot().start({ wh: 1000 }).wait(60).reading({ wh: 1400 });
    const [session] = sessionsOf(talk).sessions;
    expect(session).toMatchObject({ state: 'active', meterStopWh: null, energyWh: 400 });
    expect(session?.end).toBeUndefined();
  });

  it('have the end that counts, not the first one', () => {
    const talk = new Talk(version).boot().start({ wh: 1000 }).wait(60);
    talk.stop({ wh: 1400, reason: 'PowerLoss' }).wait(60).stop({ wh: 1500, reason: 'Local' });
    expect(sessionsOf(talk).sessions).toMatchObject([{ end: { reason: 'Local' }, energyWh: 500 }]);
  });
});

it('a stop of 1.6 that fits no session is unassigned', () => {
  const { sessions, unassignedStops } = sessionsOf(new Talk('1.6').boot().wait(60).stop({ wh: 1400 }));
  expect([sessions, unassignedStops]).toEqual([[], 1]);
});

it('a session of 2.0.1 may have no start in the conversation', () => {
  const { sessions } = sessionsOf(new Talk('2.0.1').boot().wait(60).stop({ wh: 1400 }));
  expect(sessions).toMatchObject([{ state: 'ended', energyWh: null }]);
  expect(sessions[0]?.start).toBeUndefined();
});
