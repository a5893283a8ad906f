import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { HandshakeRefused, issue, makeCa, type Authority, type ConnectOptions, type Issued } from '@ocpp-gw/testing';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';
import { chargePoint } from '../testdata/charge-point.ts';
import type { OcppServerOptions } from './ocpp-server.ts';
import { TestCharger } from './testdata/charger.ts';
import { TestEdge, type TestEdgeOptions } from './testdata/edge.ts';

let ca: Authority;
let rsa: Issued;
let ec: Issued;
let edge: TestEdge;

beforeAll(async () => {
  ca = await makeCa({ cn: 'Root', key: 'rsa2048' });
  [rsa, ec] = await Promise.all([issue({ cn: 'csms', ca, key: 'rsa2048' }), issue({ cn: 'csms', ca, key: 'ec256' })]);
});

afterEach(() => edge.stop());

const stations = {
  basic: chargePoint({ cpId: 'BASIC', securityProfile: 2, passwordHash: 'secret' }),
  mutual: chargePoint({ cpId: 'MUTUAL', securityProfile: 3, serialNumber: 'SN-7' }),
};

async function start(
  server: Partial<OcppServerOptions> = {},
  clientCertRequired = false,
  connections?: TestEdgeOptions['connections'],
): Promise<void> {
  const tls = { port: 0, cert: [rsa.cert, ec.cert], key: [rsa.key, ec.key], ca: ca.cert, clientCertRequired };
  edge = await TestEdge.start({ stations, server: { tls, ...server }, ...(connections ? { connections } : {}) });
}

function charger(cpId: string, client: object, password?: string, headers = {}): Promise<TestCharger> {
  const options: ConnectOptions = {
    url: `wss://127.0.0.1:${edge.server.ports.tls}`,
    cpId,
    client: { ca: ca.cert, ...client },
    headers,
    ...(password === undefined ? {} : { password }),
  };
  return TestCharger.connect(options);
}

const titleOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'let in',
    (error: unknown) =>
      error instanceof HandshakeRefused ? (JSON.parse(error.body) as { title: string }).title : error,
  );

function cipherOf(options: ConnectionOptions): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: edge.server.ports.tls ?? 0, ca: ca.cert, ...options });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('secureConnect', () => {
      resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
      socket.destroy();
    });
  });
}

describe('the TLS port', () => {
  it.each(['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'AES128-GCM-SHA256', 'AES256-GCM-SHA384'])(
    'speaks %s (TC_086_CSMS)',
    async (ciphers) => {
      await start();
      expect(await cipherOf({ ciphers, maxVersion: 'TLSv1.2' })).toBe(`TLSv1.2 ${ciphers}`);
    },
  );

  it('speaks TLS 1.3, and nothing older than 1.2 (TC_086_CSMS)', async () => {
    await start();
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(cipherOf(old)).rejects.toThrow(/version/);
    expect(await edge.metric('handshakes', { outcome: 'tls_failed' })).toBe(1);
    expect(edge.logger.lines).toContainEqual(expect.objectContaining({ message: 'tls handshake failed' }));
    expect(await cipherOf({})).toContain('TLSv1.3');
  });

  it('makes no noise over whoever only tries whether the port is open', async () => {
    await start();
    const probe = connectTcp(edge.server.ports.tls ?? 0, '127.0.0.1');
    await once(probe, 'connect');
    probe.resetAndDestroy();
    await charger('BASIC', {}, 'secret');
    expect(edge.logger.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('cuts off who starts no TLS', async () => {
    await start({ headersTimeoutMs: 100 });
    const silent = connectTcp(edge.server.ports.tls ?? 0, '127.0.0.1');
    silent.on('error', () => undefined).resume();
    await once(silent, 'close');
    expect(await edge.metric('handshakes', { outcome: 'tls_failed' })).toBe(1);
  });

  it('serves security profile 2, and the plain one is not (A00.FR.002)', async () => {
    await start();
    const inside = await charger('BASIC', {}, 'secret');
    expect(await inside.boot()).toMatchObject({ result: 'boot' });
    expect(await titleOf(charger('BASIC', {}, 'wrong'))).toBe('wrong_credentials');
    expect(await titleOf(edge.connect('BASIC', ['ocpp1.6'], { password: 'secret' }))).toBe('wrong_security_profile');
  });

  it.each(['MUTUAL', 'mutual', 'SN-7'])('lets a client certificate of %s in (TC_087_CSMS)', async (cn) => {
    await start();
    expect(await titleOf(charger('MUTUAL', await issue({ cn, ca })))).toBe('let in');
  });

  it('refuses a client certificate that is missing, of another, expired or of a foreign CA', async () => {
    await start();
    const yesterday = new Date(Date.now() - 86_400_000);
    const foreign = await makeCa({ cn: 'Root' });
    expect(await titleOf(charger('MUTUAL', {}, 'secret'))).toBe('client_certificate_required');
    for (const options of [
      { cn: 'BASIC', ca },
      { cn: 'MUTUAL', ca, notAfter: yesterday },
      { cn: 'MUTUAL', ca: foreign },
    ])
      expect(await titleOf(charger('MUTUAL', await issue(options)))).toBe('client_certificate_invalid');
  });

  it('takes a client certificate for nothing on a resumed session that showed none', async () => {
    await start();
    const { port } = new URL(`wss://127.0.0.1:${edge.server.ports.tls}`);
    const first = connect({ host: '127.0.0.1', port: Number(port), ca: ca.cert });
    const [session] = (await once(first, 'session')) as [Buffer];
    first.destroy();
    expect(await titleOf(charger('MUTUAL', { session }))).toBe('client_certificate_required');
  });

  it('may be one for proxies alone, whose certificate is nobody else', async () => {
    await start({ trustedHops: 1 }, true);
    const proxy = await issue({ cn: 'MUTUAL', ca });
    const headers = { 'x-forwarded-proto': 'https' };
    await expect(charger('BASIC', {}, 'secret')).rejects.toThrow(/certificate required|ECONNRESET|socket hang up/);
    expect(await titleOf(charger('BASIC', proxy, 'secret', headers))).toBe('let in');
    expect(await titleOf(charger('MUTUAL', proxy, undefined, headers))).toBe('client_certificate_required');
  });

  it('S2 counts a charger that is in no more among the sockets before the handshake', async () => {
    await start({}, false, { max: 10, maxPending: 1 });
    for (let n = 0; n < 3; n++) expect(await titleOf(charger('BASIC', {}, 'secret'))).toBe('let in');
    expect(await edge.metric('handshakes', { outcome: 'too_many_connections' })).toBe(0);
  });

  it('may be the only one', async () => {
    await start({ port: null });
    expect(edge.server.ports).toEqual({ plain: null, tls: expect.any(Number) });
    expect(await titleOf(charger('BASIC', {}, 'secret'))).toBe('let in');
  });
});

describe('a proxy with TLS in front of the plain port', () => {
  it('is believed where it is trusted, and only there', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const attempt = (): Promise<unknown> =>
      titleOf(edge.connect('BASIC', ['ocpp1.6'], { password: 'secret', headers }));
    edge = await TestEdge.start({ stations, server: { trustedHops: 1 } });
    expect(await attempt()).toBe('let in');
    await edge.stop();
    edge = await TestEdge.start({ stations });
    expect(await attempt()).toBe('wrong_security_profile');
  });
});
