import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderEnvoy, validateEnvoy } from '@ocpp-gw/rig';
import { FakeCharger, HandshakeRefused, PROXY_NAME, issue, type ConnectOptions } from '@ocpp-gw/testing';
import type { EnvoyStack } from '../envoy-stack.ts';
import { until } from '../until.ts';
import { rest } from '../stack.ts';

const PASSWORD = 'correct-horse-battery';

/** What a charger meets at Envoy, and what a pod learns of it. */
export function envoyListenerSuite(stack: () => EnvoyStack): void {
  const connect = (cpId: string, options: Partial<ConnectOptions> = {}): Promise<FakeCharger> =>
    FakeCharger.connect({
      url: stack().envoy.tlsUrl,
      cpId,
      client: { ca: stack().ca.cert },
      password: PASSWORD,
      ...options,
    });

  const refusal = async (attempt: Promise<FakeCharger>): Promise<{ status: number; title: unknown }> => {
    try {
      await (await attempt).close();
    } catch (error) {
      if (!(error instanceof HandshakeRefused)) throw error;
      return { status: error.status, title: (JSON.parse(error.body) as { title: string }).title };
    }
    throw new Error('was let in');
  };

  const register = async (cpId: string, settings: object): Promise<void> => {
    const { status } = await rest(stack(), 'PUT', `/charge-points/${cpId}`, settings);
    expect([200, 201]).toContain(status);
  };

  it('is configured as `envoy --mode validate` wants it, without a word of warning', async () => {
    const file = join(stack().folder, 'production.yaml');
    await writeFile(file, await renderEnvoy({ ENVOY_TLS_DIR: stack().folder }));
    const said = await validateEnvoy(file);
    expect(said).toContain('OK');
    expect(said).not.toMatch(/\[(warning|error|critical)\]/);
  });

  it('is not rendered for a pod without a port', async () => {
    await expect(renderEnvoy({ EDGE_PODS: 'edge-a:9443:9100,edge-b' })).rejects.toThrow(/"edge-b" is not host:port/);
  });

  describe.each([
    {
      protocol: 'ocpp1.6',
      cpId: 'ENVOY-16',
      boot: { chargePointVendor: 'Fake', chargePointModel: 'F1' },
      start: ['StartTransaction', { connectorId: 1, idTag: 'TAG', meterStart: 0, timestamp: new Date().toISOString() }],
      answer: { idTagInfo: { status: 'Accepted' } },
    },
    {
      protocol: 'ocpp2.0.1',
      cpId: 'ENVOY-201',
      boot: { reason: 'PowerUp', chargingStation: { vendorName: 'Fake', model: 'F2' } },
      start: [
        'TransactionEvent',
        {
          eventType: 'Started',
          timestamp: new Date().toISOString(),
          triggerReason: 'Authorized',
          seqNo: 0,
          transactionInfo: { transactionId: 'envoy-1' },
          evse: { id: 1, connectorId: 1 },
          idToken: { idToken: 'TAG', type: 'ISO14443' },
        },
      ],
      answer: { idTokenInfo: { status: 'Accepted' } },
    },
  ] as const)('for a charger of security profile 2 on $protocol', ({ protocol, cpId, boot, start, answer }) => {
    it('opens to its password over TLS, and carries a session and a command', async () => {
      await register(cpId, { password: PASSWORD, security_profile: 2 });
      const charger = await connect(cpId, { protocols: [protocol] });
      expect(charger.protocol).toBe(protocol);
      expect(await charger.call('BootNotification', boot)).toMatchObject({ status: 'Accepted' });
      const [action, payload] = start;
      expect(await charger.call(action, payload)).toMatchObject(answer);
      charger.answer('GetLocalListVersion', () => (protocol === 'ocpp1.6' ? { listVersion: 3 } : { versionNumber: 3 }));
      expect(await rest(stack(), 'POST', `/charge-points/${cpId}/commands/get-local-list-version`, {})).toMatchObject({
        status: 200,
        body: { version: 3 },
      });
      await charger.close();
    });

    it('stays shut to a wrong password and to a way without TLS, whatever headers claim', async () => {
      const protocols = [protocol];
      expect(await refusal(connect(cpId, { protocols, password: 'wrong-horse-battery' }))).toEqual({
        status: 401,
        title: 'wrong_credentials',
      });
      const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };
      expect(await refusal(connect(cpId, { protocols, headers, url: stack().envoy.plainUrl }))).toEqual({
        status: 401,
        title: 'wrong_security_profile',
      });
    });
  });

  it('passes the identity on as it was sent, to be decoded once', async () => {
    await register('ENVOY%25', { password: PASSWORD, security_profile: 2 });
    const charger = await connect('ENVOY%');
    await charger.close();
    expect(await refusal(connect('', { path: '/ENVOY%2F..%2FENVOY-16' }))).toMatchObject({ status: 400 });
  });

  it("counts failures against the charger's own address, which it cannot forge", async () => {
    const client = { ca: stack().ca.cert, localAddress: '127.0.0.9' };
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    await refusal(connect('ENVOY-16', { client, headers, password: 'wrong-horse-battery' }));
    // The refusal may overtake the line about it on its way through the pod's output.
    await until('the log of the refusal', () => {
      const logs = stack().pods.map((pod) => pod.process.output);
      expect(logs.some((log) => log.includes('"source":"127.0.0.9"'))).toBe(true);
      expect(logs.some((log) => log.includes('203.0.113.7'))).toBe(false);
      return Promise.resolve();
    });
  });

  it("takes Envoy's own certificate for nobody's (security profile 3)", async () => {
    await register(PROXY_NAME, { security_profile: 3 });
    expect(await refusal(connect(PROXY_NAME))).toEqual({ status: 401, title: 'client_certificate_required' });
  });

  it('is the only way in: a pod cuts off whoever shows no certificate', async () => {
    const [pod] = stack().pods;
    const direct = (client: object): Promise<FakeCharger> =>
      connect('ENVOY-16', { url: `wss://127.0.0.1:${pod?.port}`, client: { ca: stack().ca.cert, ...client } });
    await expect(direct({})).rejects.toThrow(/certificate required|ECONNRESET|socket hang up/i);
    const shown = await direct(await issue({ cn: PROXY_NAME, ca: stack().ca }));
    await shown.close();
  });

  it('logs each connection as JSON when it opens and when it ends, without the query', async () => {
    await connect('', { path: '/ENVOY-16?token=very-secret', headers: basic('ENVOY-16') }).then((one) => one.close());
    await until('the access log', async () => {
      const lines = stack()
        .envoy.output.split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ path }) => path === '/ENVOY-16');
      const events = lines.map(({ at }) => at);
      expect(events).toEqual(expect.arrayContaining(['DownstreamTunnelSuccessfullyEstablished', 'DownstreamEnd']));
      expect(lines).toContainEqual(expect.objectContaining({ status: 101, tls: 'TLSv1.3', source: '127.0.0.1' }));
    });
    expect(stack().envoy.output).not.toContain('very-secret');
  });
}

const basic = (cpId: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${cpId}:${PASSWORD}`).toString('base64')}`,
});
