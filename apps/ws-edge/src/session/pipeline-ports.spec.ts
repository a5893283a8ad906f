import { afterEach, describe, expect, it } from '@jest/globals';
import type { Effect } from '@ocpp-gw/ocpp-j';
import { pipelinePorts } from './pipeline-ports.ts';
import { TestEdge } from './testdata/edge.ts';

let edge: TestEdge | undefined;

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

const now = new Date();
const booted: Effect = {
  kind: 'stationBooted',
  vendor: 'V',
  model: 'M',
  registration: { status: 'Accepted', intervalSeconds: 60 },
};

async function start() {
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
      },
      effects: { commit: (station, effects, at) => note(undefined, 'commit', station, effects, at) },
    },
    {
      registrar: {
        register: (station, query) => note({ status: 'Accepted', intervalSeconds: 1 }, 'register', station, query),
      },
      authorizer: { authorize: (cpId, token, at) => note({ status: 'Accepted' }, 'authorize', cpId, token, at) },
    },
    (cpId) => asked.push(['changed', cpId]),
  );
  edge = await TestEdge.start();
  await edge.connect('CP1');
  const session = edge.sessions.get('CP1');
  if (!session) throw new Error('no session');
  return { ports: bind(session), session, asked };
}

describe('pipelinePorts', () => {
  it('asks each lookup of whoever knows', async () => {
    const { ports, session, asked } = await start();
    const context = { cpId: 'CP1', now };
    session.registration = 'Pending';
    const boot = { vendor: 'V', model: 'M' };
    const key = { connectorId: 1, idTag: 'T', timestamp: 't', meterStart: 0 };
    await ports.resolve('registration', boot, context);
    await ports.resolve('idToken', { idToken: 'T' }, context);
    await ports.resolve('transactionStart', key, context);
    await ports.resolve('transaction', { by: 'id', transactionId: '1' }, context);
    expect(asked).toEqual([
      ['register', { cpId: 'CP1', protocol: 'ocpp1.6', persisted: 'Pending' }, boot],
      ['authorize', 'CP1', { idToken: 'T' }, now],
      ['start', 'CP1', key],
      ['find', 'CP1', { by: 'id', transactionId: '1' }],
    ]);
  });

  it('commits for the station, and tells when a boot changed it', async () => {
    const { ports, asked } = await start();
    await ports.commit([booted], { cpId: 'CP1', now });
    expect(asked).toEqual([
      ['commit', { cpId: 'CP1', protocol: 'ocpp1.6' }, [booted], now],
      ['changed', 'CP1'],
    ]);
  });
});
