import { afterEach, describe, expect, it } from '@jest/globals';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { chargePoint } from '../testdata/charge-point.ts';
import { OcppServerAdapter } from './ocpp-server.adapter.ts';
import { OcppServerGateway } from './ocpp-server.gateway.ts';
import { TestEdge, type TestEdgeOptions } from './testdata/edge.ts';

let edge: TestEdge | undefined;

async function start(options?: TestEdgeOptions): Promise<TestEdge> {
  edge = await TestEdge.start(options);
  return edge;
}

afterEach(async () => {
  await edge?.stop();
  edge = undefined;
});

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'ocpp1.6',
};

interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: { title?: string; detail?: string };
}

function knock(path: string, headers: Record<string, string>): Promise<HttpAnswer> {
  const { port, hostname } = new URL(edge!.url);
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: hostname, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: JSON.parse(text) as HttpAnswer['body'],
        }),
      );
    });
    sent.on('upgrade', (_response, socket) => {
      socket.destroy();
      reject(new Error('upgraded'));
    });
    sent.on('error', reject);
    sent.end();
  });
}

const locked = { stations: { cp1: chargePoint({ cpId: 'CP1', passwordHash: 'secret', securityProfile: 1 }) } };
const withoutSubprotocol = Object.fromEntries(
  Object.entries(UPGRADE).filter(([name]) => name !== 'sec-websocket-protocol'),
);

describe('a refusal', () => {
  it.each([
    ['/CP1', {}, 401, 'missing_credentials'],
    ['/CP1', { authorization: `Basic ${btoa('CP1:wrong')}` }, 401, 'wrong_credentials'],
    ['/CP2', {}, 404, 'unknown_charge_point'],
    ['/', {}, 400, 'malformed_path'],
    ['/a%2Fb', {}, 400, 'malformed_identity'],
    ['/CP1', { 'sec-websocket-protocol': 'ocpp1.5' }, 400, 'unsupported_subprotocol'],
    ['/CP1', { connection: 'close', upgrade: '' }, 426, 'not_an_upgrade'],
  ])('of %s with %j is %i, says why, is logged and counted', async (path, headers, status, reason) => {
    await start(locked);
    const answer = await knock(path, { ...UPGRADE, ...headers });
    expect(answer).toMatchObject({ status, body: { title: reason } });
    expect(answer.body.detail).not.toBe('');
    expect(edge!.logger.lines).toContainEqual(
      expect.objectContaining({ message: 'handshake refused', fields: expect.objectContaining({ reason, status }) }),
    );
    expect(await edge!.metric('handshakes', { outcome: reason })).toBe(1);
    // One without an identity can be looked up by nobody.
    const cpId = decodeURIComponent(path.slice(1));
    expect(edge!.refusals).toMatchObject(cpId === '' ? [] : [{ cpId, status, reason }]);
  });

  it('challenges for Basic credentials', async () => {
    await start(locked);
    expect((await knock('/CP1', UPGRADE)).headers['www-authenticate']).toMatch(/^Basic /);
  });

  it('of a missing subprotocol tells what to offer', async () => {
    await start();
    const { status, body } = await knock('/CP1', withoutSubprotocol);
    expect(status).toBe(400);
    expect(body.detail).toContain('ocpp1.6');
  });

  it('covers what is no WebSocket handshake at all', async () => {
    await start();
    const { status, body } = await knock('/CP1', { ...UPGRADE, 'sec-websocket-version': '7' });
    expect([status, body.title]).toEqual([400, 'malformed_upgrade']);
  });

  it('is 503 for everybody once no more connections are accepted', async () => {
    await start();
    edge!.availability.close();
    expect((await knock('/CP1', UPGRADE)).status).toBe(503);
  });

  it('never logs credentials', async () => {
    await start(locked);
    await knock('/CP1', { ...UPGRADE, authorization: `Basic ${btoa('CP1:hunter2')}` });
    expect(JSON.stringify(edge!.logger.lines)).not.toMatch(/hunter2|Basic [A-Za-z0-9]/);
  });
});

describe('an admission', () => {
  it('echoes exactly the version chosen (TC_088_CSMS)', async () => {
    await start();
    expect((await edge!.connect('CP1', ['ocpp0.1', 'ocpp1.6'])).wire.protocol).toBe('ocpp1.6');
  });

  it("honours the client's order", async () => {
    await start();
    expect((await edge!.connect('CP1', ['ocpp1.6', 'ocpp2.0.1'])).wire.protocol).toBe('ocpp1.6');
    expect((await edge!.connect('CP2', ['ocpp2.0.1', 'ocpp1.6'])).wire.protocol).toBe('ocpp2.0.1');
  });

  it('goes on under the registered spelling and checks the password', async () => {
    await start(locked);
    await edge!.connect('cp1', ['ocpp1.6'], { password: 'secret' });
    expect(edge!.sessions.get('CP1')?.peer.cpId).toBe('CP1');
  });

  it('decodes the identity once', async () => {
    await start();
    await edge!.connect('RDAM 123');
    expect(edge!.sessions.get('RDAM 123')).toBeDefined();
  });

  it('compresses for 2.0.1 and not for 1.6, without context takeover (notes 2.8)', async () => {
    await start();
    const client = { perMessageDeflate: true };
    expect((await edge!.connect('CP1', ['ocpp1.6'], { client })).wire.extensions).toBe('');
    const young = await edge!.connect('CP2', ['ocpp2.0.1'], { client });
    expect(young.wire.extensions).toBe('permessage-deflate');
    const boot = {
      reason: 'PowerUp',
      chargingStation: { vendorName: 'V', model: 'M' },
      customData: { vendorId: 'x'.repeat(200) },
    };
    expect(await young.call('1', 'BootNotification', boot)).toMatchObject({ result: '1' });
  });

  it('takes a charger without a subprotocol for 1.6 where the setting says so', async () => {
    await start({ subprotocols: { assumeForAll: true } });
    const charger = await edge!.connect('CP1', []);
    expect(await charger.boot()).toMatchObject({ result: 'boot' });
  });

  it('takes a single charger without a subprotocol for 1.6, and tells and counts what it forgave', async () => {
    await start({
      stations: { cp1: chargePoint({ cpId: 'CP1', assumeOcpp16: true }), cp2: chargePoint({ cpId: 'CP2' }) },
    });
    expect((await knock('/CP2', withoutSubprotocol)).body.title).toBe('no_subprotocol');
    const charger = await edge!.connect('CP1', [], { path: '/ws://csms.example/CP1' });
    expect(await charger.boot()).toMatchObject({ result: 'boot' });
    for (const rule of ['no-subprotocol', 'odd-path'])
      expect(await edge!.metric('deviations', { protocol: 'ocpp1.6', rule })).toBe(1);
    const logged = edge!.logger.lines.filter(({ message }) => message === 'field deviation');
    const path = '/ws://csms.example/CP1';
    expect(logged.map(({ fields }) => fields)).toEqual([
      { cpId: 'CP1', rule: 'no-subprotocol', behaviour: 11, path },
      { cpId: 'CP1', rule: 'odd-path', behaviour: 12, path },
    ]);
  });

  it('upgrades and closes on a mismatch where the setting says so', async () => {
    await start({ subprotocols: { mismatch: 'upgrade-then-close' } });
    const charger = await edge!.connect('CP1', []);
    expect(await charger.closed).toMatchObject({ code: 1002 });
    expect(edge!.sessions.all()).toHaveLength(0);
  });
});

describe('the OCPP server', () => {
  it('cuts off who sends headers too slowly, or nothing', async () => {
    await start({ server: { headersTimeoutMs: 150 } });
    const { port, hostname } = new URL(edge!.url);
    const slow = connect(Number(port), hostname, () => slow.write('GET /CP1 HTTP/1.1\r\nHost: x\r\n'));
    slow.on('error', () => undefined).resume();
    const closed = new Promise<string>((resolve) => slow.on('close', () => resolve('closed')));
    expect(await closed).toBe('closed');
  });

  it('survives a peer that resets during the handshake', async () => {
    await start();
    const { port, hostname } = new URL(edge!.url);
    const headers = Object.entries(UPGRADE).map(([name, value]) => `${name}: ${value}\r\n`);
    const rude = connect(Number(port), hostname, () => {
      rude.write(`GET /CP1 HTTP/1.1\r\nhost: x\r\n${headers.join('')}\r\n`, () => rude.resetAndDestroy());
    });
    await new Promise((resolve) => rude.on('close', resolve));
    expect(await (await edge!.connect('CP2')).boot()).toMatchObject({ result: 'boot' });
  });

  it('is what Nest is given', async () => {
    await start();
    const adapter = new OcppServerAdapter(edge!.server);
    expect(adapter.create()).toBe(edge!.server);
    expect(adapter.bindMessageHandlers()).toBeUndefined();
    const clients: unknown[] = [];
    adapter.bindClientConnect(edge!.server, (client) => clients.push(client));
    await edge!.connect('CP1');
    expect(clients).toHaveLength(1);
    await adapter.dispose();
  });

  it('closes a charger whose session cannot be opened, and nothing else', async () => {
    await start();
    const broken = {
      open: () => {
        throw new Error('bug');
      },
    };
    const gateway = new OcppServerGateway(broken, edge!.logger);
    edge!.server.onConnection((client, arrival) => gateway.handleConnection(client, arrival));
    const charger = await edge!.connect('CP1');
    expect(await charger.closed).toMatchObject({ code: 1011 });
    expect(edge!.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'session could not be opened' }),
    );
  });
});
