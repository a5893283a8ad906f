import { afterEach, describe, expect, it } from '@jest/globals';
import { issue, makeCa } from '@ocpp-gw/testing';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { chargePoint } from '../testdata/charge-point.ts';
import { startTime, stopTime } from '../session/testdata/clock.ts';
import { TestEdge, type TestEdgeOptions } from '../session/testdata/edge.ts';

let edge: TestEdge;
const sockets: Socket[] = [];

async function start(options: TestEdgeOptions = {}): Promise<void> {
  edge = await TestEdge.start(options);
}

afterEach(startTime);

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await edge.stop();
});

function open(): Socket {
  const socket = connect(Number(new URL(edge.url).port), '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

/** What comes back for raw bytes, up to the end of the headers and what follows them at once. */
async function raw(bytes: Buffer | string, socket = open()): Promise<string> {
  socket.write(bytes);
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (data: Buffer) => {
      text += data.toString('latin1');
      if (text.includes('\r\n\r\n')) resolve(text);
    });
    socket.on('close', () => resolve(text));
  });
}

function upgrade(path: string, headers: Record<string, string | string[]> = {}): string {
  const all: Record<string, string | string[]> = {
    Host: 'x',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol': 'ocpp1.6',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}: ${value}\r\n`),
  );
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

const statusOf = (answer: string): number => Number(answer.split(' ')[1]);
const headerOf = (answer: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)\r$`, 'im').exec(answer)?.[1];
const refused = (reason: string): unknown =>
  expect.objectContaining({ message: 'handshake refused', fields: expect.objectContaining({ reason }) });

describe('Sec-WebSocket-Protocol', () => {
  it.each([
    [',ocpp2.0.1', 'ocpp2.0.1', 'ocpp2.0.1'],
    ['ocpp1.6,', 'ocpp1.6', 'ocpp1.6'],
    [', ,ocpp1.6, ,', 'ocpp1.6', 'ocpp1.6'],
    ['ocpp1.6, ocpp1.6', 'ocpp1.6', 'ocpp1.6'],
    ['OCPP1.6', 'ocpp1.6', 'OCPP1.6'],
    ['ocpp 1.6', 'ocpp1.6', 'ocpp 1.6'],
    ['ocpp16', 'ocpp1.6', 'ocpp16'],
    ['OCPP2.0.1', 'ocpp2.0.1', 'OCPP2.0.1'],
    ['ocpp0.1, (weird), Ocpp-1.6J', 'ocpp1.6', 'Ocpp-1.6J'],
  ])('F20 %j is understood as %s and echoed as %s', async (offered, subprotocol, echo) => {
    await start();
    const answer = await raw(upgrade('/CP1', { 'Sec-WebSocket-Protocol': offered }));
    expect([statusOf(answer), headerOf(answer, 'sec-websocket-protocol')]).toEqual([101, echo]);
    expect(edge.sessions.get('CP1')?.peer.protocol.dialect.subprotocol).toBe(subprotocol);
    const odd = echo === subprotocol ? 0 : 1;
    expect(await edge.metric('deviations', { protocol: subprotocol, rule: 'odd-subprotocol' })).toBe(odd);
  });

  it('F20 may come in several headers, of which one is empty', async () => {
    await start();
    const answer = await raw(upgrade('/CP1', { 'Sec-WebSocket-Protocol': ['', 'ocpp2.0.1', 'ocpp2.0.1'] }));
    expect(headerOf(answer, 'sec-websocket-protocol')).toBe('ocpp2.0.1');
  });

  it('F20 is taken by the library of a client that spelled it oddly', async () => {
    await start();
    const charger = await edge.connect('CP1', ['OCPP1.6']);
    expect(charger.wire.protocol).toBe('OCPP1.6');
    expect(await charger.boot()).toMatchObject({ result: 'boot' });
  });

  it.each(['ocpp2.0', 'ocpp2.1', '(weird)'])('F20 %j is refused, logged and counted', async (offered) => {
    await start();
    expect(statusOf(await raw(upgrade('/CP1', { 'Sec-WebSocket-Protocol': offered })))).toBe(400);
    expect(edge.logger.lines).toContainEqual(refused('unsupported_subprotocol'));
    expect(await edge.metric('handshakes', { outcome: 'unsupported_subprotocol' })).toBe(1);
  });

  it('F20 that names nothing is as if there were none', async () => {
    await start({ subprotocols: { assumeForAll: true } });
    const answer = await raw(upgrade('/CP1', { 'Sec-WebSocket-Protocol': ' , ' }));
    expect([statusOf(answer), headerOf(answer, 'sec-websocket-protocol')]).toEqual([101, undefined]);
  });

  it('F20 that nobody speaks is no reason not to upgrade and close, where it is set so', async () => {
    await start({ subprotocols: { mismatch: 'upgrade-then-close' } });
    expect(statusOf(await raw(upgrade('/CP1', { 'Sec-WebSocket-Protocol': ',(weird)' })))).toBe(101);
  });
});

describe('Sec-WebSocket-Extensions', () => {
  it.each([
    ['permessage-deflate; foo=1', undefined],
    ['permessage-deflate; client_max_window_bits=99', undefined],
    ['permessage-deflate; server_max_window_bits=8', undefined],
    ['permessage-deflate; client_max_window_bits; client_max_window_bits', undefined],
    ['permessage-deflate; client_max_window_bits="', undefined],
    ['((broken', undefined],
    ['x-webkit-deflate-frame', undefined],
    [',', undefined],
    [', permessage-deflate', 'permessage-deflate'],
    ['permessage-deflate; foo=1, permessage-deflate; client_max_window_bits="15"', 'permessage-deflate'],
    ['foo; bar="a,b", ((, permessage-deflate', 'permessage-deflate'],
  ])('F21 %j never keeps a charger of 2.0.1 out; agreed on: %s', async (offered, agreed) => {
    await start();
    const headers = { 'Sec-WebSocket-Protocol': 'ocpp2.0.1', 'Sec-WebSocket-Extensions': offered };
    const answer = await raw(upgrade('/CP1', headers));
    expect(statusOf(answer)).toBe(101);
    expect(headerOf(answer, 'sec-websocket-extensions')?.split(';')[0]).toBe(agreed);
    const declined = agreed === undefined && offered.startsWith('permessage-deflate') ? 1 : 0;
    const rule = { protocol: 'ocpp2.0.1', rule: 'unusable-compression-offer' };
    expect(await edge.metric('deviations', rule)).toBe(declined);
  });

  it('F21 is of no interest in 1.6', async () => {
    await start();
    const answer = await raw(upgrade('/CP1', { 'Sec-WebSocket-Extensions': 'permessage-deflate; foo=1' }));
    expect([statusOf(answer), headerOf(answer, 'sec-websocket-extensions')]).toEqual([101, undefined]);
  });

  it('F21 leaves a connection that works', async () => {
    await start();
    const headers = { 'Sec-WebSocket-Protocol': 'ocpp2.0.1', 'Sec-WebSocket-Extensions': 'permessage-deflate; foo=1' };
    const socket = open();
    await raw(upgrade('/CP1', headers), socket);
    const frame = Buffer.from(JSON.stringify([2, '1', 'Heartbeat', {}]));
    const answer = once(socket, 'data') as Promise<[Buffer]>;
    socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | frame.length, 0, 0, 0, 0]), frame]));
    expect((await answer)[0].toString()).toContain('"1"');
  });
});

describe('the other headers of an upgrade', () => {
  it.each([
    ['an upgrade among others', { Upgrade: 'h2c, WebSocket' }],
    ['two equal versions', { 'Sec-WebSocket-Version': ['13', '13'] }],
    ['a list of versions', { 'Sec-WebSocket-Version': '25, 13' }],
    ['the same key twice', { 'Sec-WebSocket-Key': ['dGhlIHNhbXBsZSBub25jZQ==', 'dGhlIHNhbXBsZSBub25jZQ=='] }],
    ['keep-alive', { Connection: 'keep-alive, Upgrade' }],
  ])('F20 are read as lists: %s', async (_what, headers) => {
    await start();
    expect(statusOf(await raw(upgrade('/CP1', headers)))).toBe(101);
  });

  it('F20 are refused where they contradict each other', async () => {
    await start();
    const keys = ['dGhlIHNhbXBsZSBub25jZQ==', 'AAAAAAAAAAAAAAAAAAAAAA=='];
    expect(statusOf(await raw(upgrade('/CP1', { 'Sec-WebSocket-Key': keys })))).toBe(400);
    expect(edge.logger.lines).toContainEqual(refused('malformed_upgrade'));
  });
});

describe('the path', () => {
  it.each(['/CP1/', '/CP1//', '/ocpp/CP1/?x=1'])('F23 %s is taken, and noted as odd', async (path) => {
    await start({ stations: { cp1: chargePoint({ cpId: 'CP1' }) } });
    expect(statusOf(await raw(upgrade(path)))).toBe(101);
    expect(edge.sessions.get('CP1')).toBeDefined();
    expect(await edge.metric('deviations', { protocol: 'ocpp1.6', rule: 'odd-path' })).toBe(1);
  });

  it.each(['ocpp1.6', 'ocpp2.0.1'])(
    'F24 may hold an identity with a colon in %s, with and without a password',
    async (name) => {
      const identity = 'AA:BB:CC:DD:EE:FF';
      const headers = { 'Sec-WebSocket-Protocol': name };
      await start();
      expect(statusOf(await raw(upgrade(`/${identity}`, headers)))).toBe(101);
      await edge.stop();
      const record = chargePoint({ cpId: identity, securityProfile: 1, passwordHash: 'sec:ret' });
      await start({ stations: { [identity.toLowerCase()]: record } });
      const basic = { ...headers, Authorization: `Basic ${btoa(`${identity}:sec:ret`)}` };
      expect(statusOf(await raw(upgrade(`/${identity}`, basic)))).toBe(101);
      const wrong = { ...headers, Authorization: `Basic ${btoa('AA:sec:ret')}` };
      expect(statusOf(await raw(upgrade(`/${encodeURIComponent(identity)}`, wrong)))).toBe(401);
    },
  );

  it.each(['/..', '/.', '/%2e%2e', '/x/..', '/%20'])('F24 may not be %s, and the answer says why', async (path) => {
    await start();
    const answer = await raw(upgrade(path));
    expect(statusOf(answer)).toBe(400);
    expect(answer).toContain('malformed_identity');
    expect(answer).toMatch(/must not be (?:one or two dots|blank)/);
  });

  it('is logged without what may be a secret in it', async () => {
    await start({ stations: {} });
    await raw(upgrade('/ws://user:hunter2@csms.example/CP1?password=hunter2'));
    expect(edge.logger.lines).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ path: '/ws://…@csms.example/CP1?…', cpId: 'CP1' }) }),
    );
    expect(JSON.stringify(edge.logger.lines)).not.toContain('hunter2');
  });
});

describe('what is no request', () => {
  it.each([
    [
      'a TLS ClientHello',
      Buffer.from('16030100c8010000c40303', 'hex'),
      400,
      'tls_on_plain_port',
      'this port has no TLS',
    ],
    ['20 kB of headers', upgrade('/CP1', { 'X-Long': 'x'.repeat(20_000) }), 431, 'headers_too_large', '16 kB'],
    ['2,000 headers of 20 bytes', upgrade('/CP1', many(2_000)), 431, 'headers_too_large', '16 kB'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'http2', 'HTTP/1.1'],
    [
      'the PROXY protocol',
      'PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\nGET /CP1 HTTP/1.1\r\n\r\n',
      400,
      'proxy_protocol',
      'PROXY',
    ],
    ['another protocol', 'SSH-2.0-OpenSSH\r\n', 400, 'malformed_http', 'no HTTP request'],
    ['a header without a name', 'GET /CP1 HTTP/1.1\r\n: x\r\n\r\n', 400, 'malformed_http', 'no HTTP request'],
    ['a method of a proxy', 'CONNECT csms:9000 HTTP/1.1\r\nHost: x\r\n\r\n', 426, 'not_an_upgrade', 'WebSocket'],
  ])('F22 %s is answered, logged and counted in words', async (_what, bytes, status, reason, words) => {
    await start();
    const answer = await raw(bytes);
    expect([statusOf(answer), answer.includes(reason), answer.includes(words)]).toEqual([status, true, true]);
    expect(edge.logger.lines).toContainEqual(refused(reason));
    expect(await edge.metric('handshakes', { outcome: reason })).toBe(1);
  });

  it('F22 names the charger where the request line does', async () => {
    await start();
    await raw(upgrade('/CP1', { 'X-Long': 'x'.repeat(20_000) }));
    expect(edge.logger.lines.at(-1)?.fields).toMatchObject({ cpId: 'CP1', path: '/CP1', source: '127.0.0.1' });
  });

  it('F22 is counted once, however much follows, and logged at a bounded rate', async () => {
    stopTime();
    await start();
    for (let n = 0; n < 40; n++) {
      const socket = open();
      await raw(Buffer.from('160301', 'hex'), socket);
      socket.write('more');
    }
    expect(await edge.metric('handshakes', { outcome: 'tls_on_plain_port' })).toBe(40);
    expect(edge.logger.lines.filter(({ message }) => message === 'handshake refused').length).toBeLessThan(20);
  });

  it('F22 is counted when headers are not complete in time', async () => {
    await start({ server: { headersTimeoutMs: 150 } });
    expect(statusOf(await raw('GET /CP1 HTTP/1.1\r\nHost: x\r\n'))).toBe(408);
    expect(await edge.metric('handshakes', { outcome: 'headers_too_slow' })).toBe(1);
  });

  it('F22 plain HTTP on the port with TLS is logged and counted in words', async () => {
    const ca = await makeCa({ cn: 'Root' });
    const { cert, key } = await issue({ cn: 'csms', ca });
    await start({ server: { tls: { port: 0, cert: [cert], key: [key], clientCertRequired: false } } });
    const port = edge.server.ports.tls ?? 0;
    const plain = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(plain);
    await raw(upgrade('/CP1'), plain);
    expect(await edge.metric('handshakes', { outcome: 'plain_on_tls_port' })).toBe(1);
    expect(edge.logger.lines).toContainEqual(
      expect.objectContaining({
        fields: expect.objectContaining({ detail: expect.stringContaining('this port has TLS') }),
      }),
    );
    const inside = connectTls({ port, host: '127.0.0.1', ca: ca.cert, checkServerIdentity: () => undefined });
    sockets.push(inside);
    await once(inside, 'secureConnect');
    expect(statusOf(await raw('nonsense\r\n\r\n', inside))).toBe(400);
    expect(await edge.metric('handshakes', { outcome: 'malformed_http' })).toBe(1);
    expect(await edge.metric('handshakes', { outcome: 'tls_failed' })).toBe(0);
  });

  it('S2 a refusal logs no more of a header than helps', async () => {
    await start();
    await raw(upgrade('/CP1', { 'Sec-WebSocket-Protocol': 'x'.repeat(15_000) }));
    expect(JSON.stringify(edge.logger.lines).length).toBeLessThan(2_000);
  });
});

function many(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`X-Header-${n}`, 'some value']));
}
