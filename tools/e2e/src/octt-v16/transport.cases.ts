import { expect, it } from '@jest/globals';
import { HandshakeRefused, issue } from '@ocpp-gw/testing';
import { randomBytes, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { type ConnectionOptions, type TLSSocket, connect } from 'node:tls';
import type { Stack } from '../stack.ts';
import { charging, type Octt, type Payload } from './octt.ts';

type Knock = Parameters<Octt['connect']>[0];

/** Security extension: credentials, TLS, the handshake. */
export function transport(stack: () => Stack): void {
  const { registered } = charging(stack);

  /** Comes in, boots, and is seen by the operator. */
  async function enters(octt: Octt, options: Knock, boot?: Payload): Promise<void> {
    await octt.connect(options);
    await octt.boot(boot);
    expect(await octt.read()).toMatchObject({ online: true, registration_status: 'Accepted' });
  }

  async function refused(octt: Octt, status: number, options: Knock): Promise<void> {
    await expect(octt.connect(options)).rejects.toThrow(HandshakeRefused);
    await expect(octt.connect(options)).rejects.toMatchObject({ status });
  }

  it('TC_073 Update Password (Basic Auth)', async () => {
    const [old, fresh] = ['OCTT-old-password', randomBytes(20)];
    const octt = await registered('OCTT-073', { password: old });
    await enters(octt, { password: old });
    const body = { key: 'AuthorizationKey', value: fresh.toString('hex') };
    const { sent, heard } = await octt.command('change-configuration', body, 'ChangeConfiguration', {
      status: 'Accepted',
    });
    expect(sent).toEqual(body);
    expect(heard).toMatchObject({ status: 'Accepted' });
    await octt.disconnect();
    await refused(octt, 401, { password: old });
    await enters(octt, { password: fresh });
    expect(await octt.read()).toMatchObject({ has_password: true, has_offered_password: false, security_profile: 1 });
    // The key is write-only, here too.
    expect(await octt.list('/configuration')).toEqual([
      expect.objectContaining({ key: 'AuthorizationKey', value: null }),
    ]);
  });

  it('TC_083 Upgrade Security Profile', async () => {
    const password = 'OCTT-password-083';
    const [plain, tls] = [{ password }, { password, url: stack().tlsUrl, client: { ca: stack().ca.cert } }];
    const octt = await registered('OCTT-083', { password, security_profile: 1 });
    await enters(octt, plain);
    const body = { key: 'SecurityProfile', value: '2' };
    const change = await octt.command('change-configuration', body, 'ChangeConfiguration', { status: 'Accepted' });
    expect(change.sent).toEqual(body);
    expect(await octt.read()).toMatchObject({ security_profile: 1, offered_security_profile: 2 });
    const reset = await octt.command('reset', { type: 'Hard' }, 'Reset', { status: 'Accepted' });
    expect(reset.sent).toEqual({ type: 'Hard' });
    await octt.disconnect();
    await enters(octt, tls);
    expect(await octt.read()).toMatchObject({ security_profile: 2, offered_security_profile: null });
    await octt.disconnect();
    await refused(octt, 401, plain);
    await enters(octt, tls);
  });

  it('TC_085 Basic Auth – valid', async () => {
    // 32 to 40 characters are the hex digits of the key, 16 to 20 are the key.
    const [hex, text] = [randomBytes(20).toString('hex'), 'sixteen-and-more'];
    const withHex = await registered('OCTT-085', { password: hex });
    await enters(withHex, { password: Buffer.from(hex, 'hex') });
    await withHex.disconnect();
    await refused(withHex, 401, { password: randomBytes(20) });
    const withText = await registered('OCTT-085-TEXT', { password: text });
    await enters(withText, { password: text });
    expect(await withText.read()).toMatchObject({ has_password: true, security_profile: 1 });
  });

  it('TC_086 TLS server certificate', async () => {
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
      expect(certificate.subject).toContain('CN=localhost');
      expect(certificate.serialNumber).toMatch(/^[0-9A-F]{2,40}$/);
      const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
      expect(asymmetricKeyType).toBe(keyType);
      if (keyType === 'rsa') expect(asymmetricKeyDetails?.modulusLength).toBeGreaterThanOrEqual(2048);
      // P-256: 256 bits, of which 224 are demanded.
      else expect(asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    }
    // The client would speak 1.1; it is the server that does not.
    await expect(
      tlsConnection({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    ).rejects.toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });

    const password = 'OCTT-password-086';
    const octt = await registered('OCTT-086', { password, security_profile: 2 });
    await enters(octt, { password, url: stack().tlsUrl, client: { ca: stack().ca.cert } });
    await octt.disconnect();
    await refused(octt, 401, { password });
  });

  it('TC_087 TLS client certificate', async () => {
    const { ca, tlsUrl: url } = stack();
    const octt = await registered('OCTT-087', { security_profile: 3 });
    const as = async (cn: string): Promise<Knock> => {
      const { cert, key } = await issue({ cn, o: 'OCTT CPO', ca });
      return { url, client: { ca: ca.cert, cert, key } };
    };
    const boot = { chargePointSerialNumber: 'SN-087' };
    await enters(octt, await as('OCTT-087'), boot);
    await octt.disconnect();
    // The whitepaper's own: the common name is the serial number.
    await enters(octt, await as('SN-087'), boot);
    expect(await octt.read()).toMatchObject({ security_profile: 3, serial_number: 'SN-087' });
    await octt.disconnect();
    await refused(octt, 401, await as('ANOTHER'));
    await refused(octt, 401, { url, client: { ca: ca.cert } });
  });

  it('TC_088 WebSocket Subprotocol negotiation', async () => {
    const octt = await registered('OCTT-088');
    await refused(octt, 400, { protocols: ['ocpp0.1'] });
    expect(await octt.read()).toMatchObject({ online: false });
    await enters(octt, { protocols: ['ocpp0.1', 'ocpp1.6'] });
    expect(octt.charger.protocol).toBe('ocpp1.6');
    expect(await octt.read()).toMatchObject({ protocol: 'ocpp1.6' });
  });

  async function tlsConnection(options: ConnectionOptions): Promise<TLSSocket> {
    const { hostname: host, port } = new URL(stack().tlsUrl);
    const socket = connect({ host, port: Number(port), servername: 'localhost', ca: stack().ca.cert, ...options });
    await once(socket, 'secureConnect');
    return socket;
  }
}
