import { describe, expect, it } from '@jest/globals';
import { sessionsOf } from './sessions.ts';
import { Talk, VERSIONS } from './testdata/talk.ts';

describe.each(VERSIONS)('the sessions of a conversation of %s', (version) => {
  it('have who charged, where, when and how much', () => {
    const [session, ...others] = sessionsOf(new Talk(version).boot().session('7', 1000));
    expect(others).toEqual([]);
    expect(session).toMatchObject({
      transactionId: '7',
      evseId: 1,
      state: 'ended',
      start: { assumed: false, idToken: 'CARD0001' },
      end: { assumed: false, reason: 'EVDisconnected' },
      meterStartWh: 1000,
      meterStopWh: 2050,
      energyWh: 1050,
    });
  });

  it('have the energy so far while they run', () => {
    const talk = new Talk(version).boot().start({ wh: 1000 }).wait(60).reading({ wh: 1400 });
    const [session] = sessionsOf(talk);
    expect(session).toMatchObject({ state: 'active', meterStopWh: null, energyWh: 400 });
    expect(session?.end).toBeUndefined();
  });

  it('have no start where it was before the conversation', () => {
    const [session] = sessionsOf(new Talk(version).boot().wait(60).stop({ wh: 1400 }));
    expect(session).toMatchObject({ state: 'ended', energyWh: null });
    expect(session?.start).toBeUndefined();
  });
});
