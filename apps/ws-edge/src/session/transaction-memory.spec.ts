import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Effect, KnownTransaction, TransactionQuery } from '@ocpp-gw/ocpp-j';
import type { Session } from './session.ts';
import { TestEdge } from './testdata/edge.ts';
import { TransactionMemory } from './transaction-memory.ts';

const running: KnownTransaction = { transactionId: '7', state: 'active', evseId: 1, connectorId: 1 };
const byId = (transactionId: string): TransactionQuery => ({ by: 'id', transactionId });
const ended: Effect = {
  kind: 'transactionEnded',
  transactionId: '7',
  evseId: 1,
  connectorId: 1,
  reason: 'Local',
  time: { at: new Date() },
  samples: [],
};

describe('TransactionMemory', () => {
  let edge: TestEdge;
  let asked: unknown[];
  let answer: () => Promise<KnownTransaction | null>;
  let sut: TransactionMemory;

  const sessionOf = async (cpId: string): Promise<Session> => {
    await edge.connect(cpId);
    const session = edge.sessions.get(cpId);
    if (!session) throw new Error('no session');
    return session;
  };

  beforeEach(async () => {
    edge = await TestEdge.start();
    asked = [];
    answer = () => Promise.resolve(running);
    sut = new TransactionMemory({
      find: (cpId, query) => {
        asked.push([cpId, query]);
        return answer();
      },
    });
  });

  afterEach(() => edge.stop());

  it('asks once for the transaction that a connection names again and again', async () => {
    const session = await sessionOf('CP1');
    for (let n = 0; n < 3; n += 1) expect(await sut.find(session, byId('7'))).toBe(running);
    expect(asked).toEqual([['CP1', byId('7')]]);
  });

  it('asks anew for another one, and for what is named by EVSE and time', async () => {
    const session = await sessionOf('CP1');
    const byEvse: TransactionQuery = { by: 'evse', evseId: 1, connectorId: 1, at: new Date() };
    for (const query of [byId('7'), byId('8'), byId('7'), byEvse, byEvse]) await sut.find(session, query);
    expect(asked).toHaveLength(5);
  });

  it('remembers nothing for another connection', async () => {
    await sut.find(await sessionOf('CP1'), byId('7'));
    await sut.find(await sessionOf('CP1'), byId('7'));
    await sut.find(await sessionOf('CP2'), byId('7'));
    expect(asked).toHaveLength(3);
  });

  it('forgets what a message has changed, also where the answer is still under way', async () => {
    const session = await sessionOf('CP1');
    await sut.find(session, byId('7'));
    sut.forgetChanged(session, [ended]);
    const late = Promise.withResolvers<KnownTransaction>();
    answer = () => late.promise;
    const first = sut.find(session, byId('7'));
    sut.forgetChanged(session, [ended]);
    late.resolve(running);
    await first;
    answer = () => Promise.resolve({ ...running, state: 'ended' });
    expect(await sut.find(session, byId('7'))).toMatchObject({ state: 'ended' });
    expect(asked).toHaveLength(3);
  });

  it('keeps what no message has changed', async () => {
    const session = await sessionOf('CP1');
    await sut.find(session, byId('7'));
    sut.forgetChanged(session, [{ kind: 'localListVersion', version: 1 }]);
    await sut.find(session, byId('7'));
    expect(asked).toHaveLength(1);
  });

  it('remembers neither a failure nor that there is none', async () => {
    const session = await sessionOf('CP1');
    answer = () => Promise.reject(new Error('postgres away'));
    await expect(sut.find(session, byId('7'))).rejects.toThrow('away');
    answer = () => Promise.resolve(null);
    expect(await sut.find(session, byId('7'))).toBeNull();
    answer = () => Promise.resolve(running);
    expect(await sut.find(session, byId('7'))).toBe(running);
  });
});
