import { afterEach, describe, expect, it } from '@jest/globals';
import { pipelinePorts } from './pipeline-ports.ts';
import { TestEdge } from './testdata/edge.ts';

let edge: TestEdge | undefined;

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

const now = new Date();

async function start(concurrentTransactions: 'allow' | 'refuse' = 'refuse') {
  const asked: unknown[] = [];
  const note = <T>(answer: T, ...facts: unknown[]): Promise<T> => {
    asked.push(facts);
    return Promise.resolve(answer);
  };
  const bind = pipelinePorts(
    {
      transactions: {
        start: (cpId, key) => note({ transactionId: 1 }, 'start', cpId, key),
        find: (cpId, query) => note(null, 'find', cpId, query),
        concurrent: (cpId, query) => note(true, 'concurrent', cpId, query),
      },
      commit: (session, effects, at) => note(undefined, 'commit', session, effects, at),
    },
    {
      registrar: {
        register: (station, query) => note({ status: 'Accepted', intervalSeconds: 1 }, 'register', station, query),
      },
      authorizer: { authorize: (cpId, token, at) => note({ status: 'Accepted' }, 'authorize', cpId, token, at) },
      dataTransfers: { answer: (cpId, query) => note({ status: 'Rejected' }, 'data', cpId, query) },
    },
    concurrentTransactions,
  );
  edge = await TestEdge.start();
  await edge.connect('CP1');
  const session = edge.sessions.get('CP1');
  if (!session) throw new Error('no session');
  return { ports: bind(session), session, asked };
}

const context = { cpId: 'CP1', now };
const key = { connectorId: 1, idTag: 'T', timestamp: 't', meterStart: 0 };
const concurrency = { idToken: { idToken: 'T' }, start: key };

describe('pipelinePorts', () => {
  it('asks each lookup of whoever knows', async () => {
    const { ports, session, asked } = await start();
    session.registration = 'Pending';
    const boot = { vendor: 'V', model: 'M' };
    await ports.resolve('registration', boot, context);
    await ports.resolve('idToken', { idToken: 'T' }, context);
    await ports.resolve('transactionStart', key, context);
    await ports.resolve('transaction', { by: 'id', transactionId: '1' }, context);
    await ports.resolve('dataTransfer', { vendorId: 'V' }, context);
    expect(await ports.resolve('concurrentTransaction', concurrency, context)).toBe(true);
    expect(await ports.resolve('signingRequest', { csr: 'none' }, context)).toMatchObject({ ok: false });
    expect(asked).toEqual([
      ['register', { cpId: 'CP1', protocol: 'ocpp1.6', persisted: 'Pending' }, boot],
      ['authorize', 'CP1', { idToken: 'T' }, now],
      ['start', 'CP1', key],
      ['find', 'CP1', { by: 'id', transactionId: '1' }],
      ['data', 'CP1', { vendorId: 'V' }],
      ['concurrent', 'CP1', concurrency],
    ]);
  });

  it("lets the backend's word on a token stand where concurrent transactions are allowed", async () => {
    const { ports, asked } = await start('allow');
    expect(await ports.resolve('concurrentTransaction', concurrency, context)).toBe(false);
    expect(asked).toEqual([]);
  });

  it('commits what was decided for its session', async () => {
    const { ports, session, asked } = await start();
    await ports.commit([{ kind: 'localListVersion', version: 1 }], context);
    expect(asked).toEqual([['commit', session, [{ kind: 'localListVersion', version: 1 }], now]]);
  });
});
