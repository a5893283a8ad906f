import { afterEach, describe, expect, it } from '@jest/globals';
import type { Effect } from '@ocpp-gw/ocpp-j';
import { stationCommit } from './station-commit.ts';
import { TestEdge } from './testdata/edge.ts';

let edge: TestEdge | undefined;

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

const now = new Date();
const registration = { status: 'Accepted', intervalSeconds: 60 } as const;

async function start(fail = false) {
  const seen: unknown[] = [];
  edge = await TestEdge.start();
  await edge.connect('CP1');
  const session = edge.sessions.get('CP1');
  if (!session) throw new Error('no session');
  const sut = stationCommit(
    {
      commit: (station, effects, at) => {
        seen.push(['commit', station, effects, at]);
        return fail ? Promise.reject(new Error('postgres away')) : Promise.resolve();
      },
    },
    { forgetChanged: (_session, effects) => seen.push(['forget', effects]) },
    (cpId) => seen.push(['changed', cpId]),
  );
  return { commit: (effects: Effect[]) => sut(session, effects, now), seen };
}

describe('stationCommit', () => {
  it.each<[string, Effect]>([
    ['a boot', { kind: 'stationBooted', vendor: 'V', model: 'M', registration }],
    ['a password', { kind: 'password', step: 'offered', passwordHex: '00' }],
    ['a security profile', { kind: 'securityProfile', step: 'accepted', profile: 2 }],
  ])('commits for the station, and then tells that %s changed what the door knows', async (_what, effect) => {
    const { commit, seen } = await start();
    await commit([effect]);
    expect(seen).toEqual([
      ['commit', { cpId: 'CP1', protocol: 'ocpp1.6' }, [effect], now],
      ['forget', [effect]],
      ['changed', 'CP1'],
    ]);
  });

  it('tells nothing of what does not concern the door, or was not committed', async () => {
    const other = await start();
    await other.commit([{ kind: 'localListVersion', version: 1 }]);
    expect(other.seen).toHaveLength(2);
    await edge?.stop();
    const failing = await start(true);
    await expect(failing.commit([{ kind: 'password', step: 'offered', passwordHex: '00' }])).rejects.toThrow('away');
    expect(failing.seen).toHaveLength(1);
  });
});
