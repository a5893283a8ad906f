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
        start: (cpId, key, at) => note({ transactionId: 1 }, 'start', cpId, key, at),
        running: (cpId, evseId) => note(evseId === 1 ? 'T1' : null, 'running', cpId, evseId),
        since: (cpId, stationId, meterWh) =>
          note(
            { transactionId: `${stationId}~2`, startedAt: now, meterStartWh: 5, energyWh: 7 },
            'since',
            cpId,
            stationId,
            meterWh,
          ),
      },
      ledgers: { chargesElsewhere: (idToken, here) => note(true, 'elsewhere', idToken, here) },
      mirror: { chargingProfiles: (cpId) => note([], 'profiles', cpId) },
      commit: (peer, effects, at) => note({ noted: ['stop-unassigned'], after: [] }, 'commit', peer, effects, at),
    },
    {
      registrar: {
        register: (station, query) => note({ status: 'Accepted', intervalSeconds: 1 }, 'register', station, query),
      },
      authorizer: { authorize: (cpId, token, at) => note({ status: 'Accepted' }, 'authorize', cpId, token, at) },
      dataTransfers: { answer: (cpId, query) => note({ status: 'Rejected' }, 'data', cpId, query) },
      costs: { cost: (cpId, query) => note({ totalCost: 1.5 }, 'cost', cpId, query) },
      chargingNeeds: {
        answer: async (cpId, query, running) => note({ status: 'Rejected' }, 'needs', cpId, query, await running()),
      },
      evCertificates: { request: (cpId, query) => note({ ok: false, reason: 'none' }, 'ev', cpId, query) },
    },
    {
      ocsp: { ask: (query) => note({ status: 'unavailable', reason: 'away' }, 'ocsp', query) },
      contracts: { check: (cpId, query, at) => note({ status: 'Accepted' }, 'contract', cpId, query, at) },
      signingRequests: { check: (cpId, query) => note({ ok: false, reason: 'no' }, 'signing', cpId, query) },
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
    session.state.register('Pending');
    const boot = { vendor: 'V', model: 'M' };
    await ports.resolve('registration', boot, context);
    await ports.resolve('idToken', { idToken: 'T' }, context);
    await ports.resolve('transactionStart', key, context);
    await ports.resolve('dataTransfer', { vendorId: 'V' }, context);
    expect(await ports.resolve('concurrentTransaction', concurrency, context)).toBe(true);
    const csr = { csr: 'none', use: 'station' } as const;
    expect(await ports.resolve('signingRequest', csr, context)).toMatchObject({ ok: false });
    expect(asked).toEqual([
      ['register', { cpId: 'CP1', protocol: 'ocpp1.6', persisted: 'Pending' }, boot],
      ['authorize', 'CP1', { idToken: 'T' }, now],
      ['start', 'CP1', key, now],
      ['data', 'CP1', { vendorId: 'V' }],
      ['elsewhere', 'T', { cpId: 'CP1', evseId: 1 }],
      ['signing', 'CP1', csr],
    ]);
  });

  it('asks about certificates, needs, limits and costs of whoever knows', async () => {
    const { ports, asked } = await start();
    const ocsp = {
      hashAlgorithm: 'SHA256',
      issuerNameHash: 'a',
      issuerKeyHash: 'b',
      serialNumber: 'c',
      responderUrl: 'http://ocsp.example',
    } as const;
    const exi = { iso15118SchemaVersion: 'urn:iso', action: 'Install', exiRequest: 'AA==' } as const;
    const cost = { transactionId: 'T1', final: true, at: now };
    await ports.resolve('certificateStatus', ocsp, context);
    await ports.resolve('contractCertificate', { hashes: [ocsp] }, context);
    await ports.resolve('evCertificate', exi, context);
    expect(await ports.resolve('transactionProfile', { evseId: 1 }, context)).toBeNull();
    expect(await ports.resolve('cost', cost, context)).toEqual({ totalCost: 1.5 });
    expect(asked).toEqual([
      ['ocsp', ocsp],
      ['contract', 'CP1', { hashes: [ocsp] }, now],
      ['ev', 'CP1', exi],
      ['running', 'CP1', 1],
      ['profiles', 'CP1'],
      ['since', 'CP1', 'T1', undefined],
      ['cost', 'CP1', { ...cost, transactionId: 'T1~2', startedAt: now, meterStartWh: 5, energyWh: 7 }],
    ]);
  });

  it.each([
    [1, 'T1'],
    [2, null],
  ])('tells the transaction running at EVSE %d beside the needs: %s', async (evseId, transactionId) => {
    const { ports, asked } = await start();
    const needs = { evseId, needs: { requestedEnergyTransfer: 'DC' } };
    await ports.resolve('chargingNeeds', needs, context);
    expect(asked).toEqual([
      ['running', 'CP1', evseId],
      ['needs', 'CP1', needs, transactionId],
    ]);
  });

  it('T16 finds no limit where no transaction runs', async () => {
    const { ports, asked } = await start();
    expect(await ports.resolve('transactionProfile', { evseId: 2 }, context)).toBeNull();
    expect(asked).toEqual([['running', 'CP1', 2]]);
  });

  it("lets the backend's word on a token stand where concurrent transactions are allowed", async () => {
    const { ports, asked } = await start('allow');
    expect(await ports.resolve('concurrentTransaction', concurrency, context)).toBe(false);
    expect(asked).toEqual([]);
  });

  it('commits what was decided for its session, and says what showed', async () => {
    const { ports, session, asked } = await start();
    const committed = await ports.commit([{ kind: 'localListVersion', version: 1 }], context);
    expect(committed).toEqual({ noted: ['stop-unassigned'], after: [] });
    expect(asked).toEqual([['commit', session.peer, [{ kind: 'localListVersion', version: 1 }], now]]);
  });
});
