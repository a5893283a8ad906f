import { expect, it } from '@jest/globals';
import { HandshakeRefused, issue, makeCa } from '@ocpp-gw/testing';
import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { type ConnectionOptions, type TLSSocket, connect } from 'node:tls';
import type { Stack } from '../stack.ts';
import { charging, type Octt } from './octt.ts';

type Knock = Parameters<Octt['connect']>[0];

/** Block A: credentials and TLS of the handshake. */
export function transport(stack: () => Stack): void {
  const { registered } = charging(stack);

  /** Comes in, boots, and is seen by the operator. */
  async function enters(octt: Octt, options: Knock): Promise<void> {
    await octt.connect(options);
    await octt.boot();
    expect(await octt.read()).toMatchObject({ online: true, registration_status: 'Accepted', protocol: 'ocpp2.0.1' });
  }

  /** The upgrade is answered 401, and the operator sees no connection. */
  async function refused(octt: Octt, options: Knock): Promise<void> {
    const knocking = octt.connect(options);
    await expect(knocking).rejects.toThrow(HandshakeRefused);
    await expect(knocking).rejects.toMatchObject({ status: 401 });
    expect(await octt.read()).toMatchObject({ online: false });
  }

  const PASSWORD = 'OCTT2-password-of-24-chr';

  it('TC_A_01 Basic Authentication - Valid username/password combination', async () => {
    const octt = await registered('OCTT2-A_01', { password: PASSWORD });
    await enters(octt, { password: PASSWORD });
    expect(await octt.read()).toMatchObject({ has_password: true, security_profile: 1 });
  });

  it('TC_A_02 Basic Authentication - Username does not equal ChargingStationId', async () => {
    const octt = await registered('OCTT2-A_02', { password: PASSWORD });
    const credentials = Buffer.from(`OCTT2-ANOTHER:${PASSWORD}`).toString('base64');
    await refused(octt, { headers: { authorization: `Basic ${credentials}` } });
    expect(await octt.read()).toMatchObject({ registration_status: null, last_boot_at: null });
  });

  it('TC_A_03 Basic Authentication - Invalid password', async () => {
    const octt = await registered('OCTT2-A_03', { password: PASSWORD });
    await refused(octt, { password: PASSWORD.toLowerCase() });
    await refused(octt, {});
    expect(await octt.read()).toMatchObject({ registration_status: null, last_boot_at: null });
  });

  it('TC_A_04 TLS - server-side certificate - Valid certificate', async () => {
    for (const [ciphers, keyType] of [
      ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ec'],
      ['ECDHE-ECDSA-AES256-GCM-SHA384', 'ec'],
      ['AES128-GCM-SHA256', 'rsa'],
      ['AES256-GCM-SHA384', 'rsa'],
    ] as const) {
      const socket = await tlsConnection({ ciphers, maxVersion: 'TLSv1.2' });
      expect({ protocol: socket.getProtocol(), cipher: socket.getCipher().name }).toEqual({
        protocol: 'TLSv1.2',
        cipher: ciphers,
      });
      const certificate = socket.getPeerX509Certificate() as X509Certificate;
      socket.destroy();
      // The name by which it was reached.
      expect(certificate.subject).toContain('CN=localhost');
      expect(certificate.checkHost('localhost')).toBe('localhost');
      expect(certificate.publicKey.asymmetricKeyType).toBe(keyType);
    }
    const octt = await registered('OCTT2-A_04', { password: PASSWORD, security_profile: 2 });
    await enters(octt, { password: PASSWORD, ...trusting() });
    expect(await octt.read()).toMatchObject({ security_profile: 2 });
    await octt.disconnect();
    await refused(octt, { password: PASSWORD });
  });

  it('TC_A_06 TLS - server-side certificate - TLS version too low', async () => {
    // The client would speak 1.1; it is the server that does not.
    const old: ConnectionOptions = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    await expect(tlsConnection(old)).rejects.toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
    const octt = await registered('OCTT2-A_06', { password: PASSWORD, security_profile: 2 });
    await enters(octt, { password: PASSWORD, ...trusting({ maxVersion: 'TLSv1.2' }) });
  });

  it('TC_A_07 TLS - Client-side certificate - valid certificate', async () => {
    const octt = await registered('OCTT2-A_07', { security_profile: 3 });
    await enters(octt, trusting(await issue({ cn: octt.cpId, o: 'OCTT CPO', ca: stack().ca })));
    expect(await octt.read()).toMatchObject({ security_profile: 3 });
  });

  it('TC_A_08 TLS - Client-side certificate - Invalid certificate', async () => {
    const octt = await registered('OCTT2-A_08', { security_profile: 3 });
    const stranger = await makeCa({ cn: 'Another root', o: 'OCTT CPO' });
    await refused(octt, trusting(await issue({ cn: octt.cpId, o: 'OCTT CPO', ca: stranger })));
    await refused(octt, trusting(await issue({ cn: 'OCTT2-ANOTHER', o: 'OCTT CPO', ca: stack().ca })));
    await refused(octt, trusting());
    await enters(octt, trusting(await issue({ cn: octt.cpId, o: 'OCTT CPO', ca: stack().ca })));
  });

  /** Over TLS, the gateway's root trusted. */
  function trusting(client: object = {}): Knock {
    const { ca, tlsUrl: url } = stack();
    return { url, client: { ca: ca.cert, ...client } };
  }

  async function tlsConnection(options: ConnectionOptions): Promise<TLSSocket> {
    const { hostname: host, port } = new URL(stack().tlsUrl);
    const socket = connect({ host, port: Number(port), servername: 'localhost', ca: stack().ca.cert, ...options });
    await once(socket, 'secureConnect');
    return socket;
  }
}
