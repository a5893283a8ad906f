import { afterEach, describe, expect, it } from '@jest/globals';
import type { Effect, FieldRuleId, Outcome } from '@ocpp-gw/ocpp-j';
import type { Committed } from '../effects/index.ts';
import { stationCommit } from './station-commit.ts';
import { TestEdge } from './testdata/edge.ts';

let edge: TestEdge | undefined;

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

const now = new Date();
const registration = { status: 'Accepted', intervalSeconds: 60 } as const;

const NOTHING: Committed = { outcomes: [], doubtful: [], changed: 0, remoteStarts: [] };

async function start(fail = false, committed = NOTHING) {
  const seen: unknown[] = [];
  edge = await TestEdge.start();
  await edge.connect('CP1');
  const session = edge.sessions.get('CP1');
  if (!session) throw new Error('no session');
  const sut = stationCommit(
    {
      commit: (station, effects, at) => {
        seen.push(['commit', station, effects, at]);
        return fail ? Promise.reject(new Error('postgres away')) : Promise.resolve(committed);
      },
    },
    (protocol, outcome) => seen.push(['counted', protocol, outcome]),
    (cpId) => seen.push(['changed', cpId]),
  );
  return { commit: (effects: Effect[]) => sut(session.peer, effects, now), seen };
}

describe('stationCommit', () => {
  it.each<[string, Effect]>([
    ['a boot', { kind: 'stationBooted', vendor: 'V', model: 'M', registration }],
    ['a password', { kind: 'password', step: 'offered', passwordHex: '00' }],
    ['a security profile', { kind: 'securityProfile', step: 'accepted', profile: 2 }],
  ])(
    'commits for the station, and then tells that %s changed what handshakes are decided by',
    async (_what, effect) => {
      const { commit, seen } = await start();
      await commit([effect]);
      expect(seen).toEqual([
        ['commit', { cpId: 'CP1', protocol: 'ocpp1.6' }, [effect], now],
        ['changed', 'CP1'],
      ]);
    },
  );

  it('tells nothing of what does not concern handshakes, or was not committed', async () => {
    const other = await start();
    await other.commit([{ kind: 'localListVersion', version: 1 }]);
    expect(other.seen).toHaveLength(1);
    await edge?.stop();
    const failing = await start(true);
    await expect(failing.commit([{ kind: 'password', step: 'offered', passwordHex: '00' }])).rejects.toThrow('away');
    expect(failing.seen).toHaveLength(1);
  });

  const ended: Effect = {
    kind: 'transactionEnded',
    transactionId: '-1',
    unnamed: true,
    evseId: 0,
    connectorId: 0,
    reason: 'Local',
    samples: [],
    time: { at: now },
  };

  it.each<[Outcome, FieldRuleId[]]>([
    [{ is: 'this', transactionId: '1' }, []],
    [{ is: 'new', transactionId: '1', reused: false }, []],
    [{ is: 'repetition', transactionId: '1' }, []],
    [{ is: 'new', transactionId: 'T~2', reused: true }, ['transaction-id-reused']],
    [{ is: 'correction', transactionId: '1' }, ['transaction-corrected']],
    [{ is: 'unassigned', transactionId: 'stop-0a', why: 'no_transaction_fits' }, ['stop-unassigned']],
    [{ is: 'unassigned', transactionId: 'stop-0a', why: 'several_transactions_fit' }, ['stop-unassigned']],
    [{ is: 'unassigned', transactionId: null, why: 'no_transaction_fits' }, []],
  ])('counts %j, and notes %j', async (outcome, noted) => {
    const { commit, seen } = await start(false, { ...NOTHING, outcomes: [outcome] });
    expect(await commit([ended])).toEqual({ noted, after: [] });
    expect(seen).toContainEqual(['counted', 'ocpp1.6', outcome.is]);
  });

  it('asks the station about each transaction that is in doubt', async () => {
    const { commit } = await start(false, { ...NOTHING, doubtful: ['T-1', 'T-2'] });
    expect(await commit([ended])).toEqual({
      noted: [],
      after: [
        { kind: 'GetTransactionStatus', transactionId: 'T-1' },
        { kind: 'GetTransactionStatus', transactionId: 'T-2' },
      ],
    });
  });
});
