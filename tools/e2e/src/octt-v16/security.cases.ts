import { expect, it } from '@jest/globals';
import { issue, makeCa, makeCsr, signCsr } from '@ocpp-gw/testing';
import { X509Certificate, createPublicKey } from 'node:crypto';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { charging, type Octt, type Payload, time } from './octt.ts';

const ORGANISATION = 'OCTT CPO';

/** Security extension: certificates, logs and signed firmware. */
export function security(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** The station reports a security event, and the operator finds it. */
  async function reports(octt: Octt, type: string): Promise<void> {
    expect(await octt.call('SecurityEventNotification', { type, timestamp: time(), techInfo: octt.cpId })).toEqual({});
    await until(`the event ${type}`, async () => {
      expect(await octt.list(`/security-events?type=${type}`)).toEqual([
        expect.objectContaining({ type, tech_info: octt.cpId }),
      ]);
    });
  }

  /** The operator triggers a signing request for the serial number; the CPO's authority answers it. */
  async function signing(octt: Octt, serial: string): Promise<{ chain: string; leaf: X509Certificate; csr: string }> {
    const { sent, heard } = await octt.command(
      'extended-trigger-message',
      { requested_message: 'SignChargePointCertificate' },
      'ExtendedTriggerMessage',
      { status: 'Accepted' },
    );
    expect(sent).toEqual({ requestedMessage: 'SignChargePointCertificate' });
    expect(heard).toMatchObject({ status: 'Accepted' });
    const { csr } = await makeCsr({ cn: serial, o: ORGANISATION, key: 'rsa2048' });
    expect(await octt.call('SignCertificate', { csr })).toEqual({ status: 'Accepted' });
    expect(await octt.list('/certificate-signings')).toEqual([
      expect.objectContaining({ state: 'requested', csr, common_name: serial, refusal: null, certificate_chain: null }),
    ]);
    const ca = await makeCa({ cn: 'OCTT root', o: ORGANISATION });
    const certificate = await signCsr({ csr, ca });
    return { chain: certificate + '\n' + ca.cert, leaf: new X509Certificate(certificate), csr };
  }

  async function certificateSigned(octt: Octt, chain: string, status: string): Promise<Payload> {
    const body = { certificate_chain: chain };
    const { sent, heard } = await octt.command('certificate-signed', body, 'CertificateSigned', { status });
    expect(Object.keys(sent)).toEqual(['certificateChain']);
    expect(heard).toMatchObject({ status });
    return sent;
  }

  async function installCertificate(octt: Octt, certificateType: string, status: string): Promise<string> {
    const { cert: certificate } = await makeCa({ cn: `${certificateType} of ${octt.cpId}`, o: ORGANISATION });
    const body = { certificate_type: certificateType, certificate };
    const { sent, heard } = await octt.command('install-certificate', body, 'InstallCertificate', { status });
    expect(sent).toEqual({ certificateType, certificate });
    expect(heard).toMatchObject({ status });
    return certificate;
  }

  /** GetInstalledCertificateIds of this type, answered with these. */
  async function installedIds(octt: Octt, certificateType: string, certificateHashData: Payload[]): Promise<void> {
    const body = { certificate_types: [certificateType] };
    const reply = { status: 'Accepted', certificateHashData };
    const { sent, heard } = await octt.command(
      'get-installed-certificate-ids',
      body,
      'GetInstalledCertificateIds',
      reply,
    );
    expect(sent).toEqual({ certificateType });
    expect(heard).toMatchObject({ status: 'Accepted', certificates: certificateHashData.map(inSnakeCase) });
  }

  it('TC_074 Update Charge Point Certificate', async () => {
    const octt = await booted('OCTT-074', { chargePointSerialNumber: 'SN-074' });
    const { chain, leaf, csr } = await signing(octt, 'SN-074');
    const { certificateChain } = await certificateSigned(octt, chain, 'Accepted');
    const sent = new X509Certificate(String(certificateChain));
    expect(sent.fingerprint256).toBe(leaf.fingerprint256);
    expect(sent.subject).toContain('CN=SN-074');
    expect(sent.publicKey.asymmetricKeyDetails?.modulusLength).toBeGreaterThanOrEqual(2048);
    const [row] = await octt.list('/certificate-signings');
    expect(row).toMatchObject({ state: 'accepted', csr, certificate_chain: certificateChain });
    expect(sent.publicKey.equals(createPublicKey(String(row?.['public_key'])))).toBe(true);
  });

  it('TC_075_1 Install certificate – Manufacturer root', () => installs('OCTT-075_1', 'ManufacturerRootCertificate'));
  it('TC_075_2 Install certificate – Central System root', () =>
    installs('OCTT-075_2', 'CentralSystemRootCertificate'));

  async function installs(cpId: string, certificateType: string): Promise<void> {
    const octt = await booted(cpId);
    const certificate = await installCertificate(octt, certificateType, 'Accepted');
    const serialNumber = new X509Certificate(certificate).serialNumber.toLowerCase().replace(/^0+/, '');
    const rows = await octt.list('/installed-certificates');
    expect(rows).toEqual([
      expect.objectContaining({ certificate_type: certificateType, hash_algorithm: 'SHA256', certificate }),
    ]);
    const [row] = rows as [Payload];
    expect(String(row['serial_number']).toLowerCase()).toBe(serialNumber);
    const hash = {
      hashAlgorithm: 'SHA256',
      issuerNameHash: row['issuer_name_hash'],
      issuerKeyHash: row['issuer_key_hash'],
      serialNumber,
    };
    await installedIds(octt, certificateType, [hash]);
    expect(await octt.list('/installed-certificates')).toEqual([
      expect.objectContaining({ certificate_type: certificateType, certificate }),
    ]);
  }

  it('TC_076 Delete certificate', async () => {
    const octt = await booted('OCTT-076');
    const hashes = ['SHA256', 'SHA384', 'SHA512'].map((hashAlgorithm, index) => ({
      hashAlgorithm,
      issuerNameHash: 'Ab'.repeat(16 * (index + 2)),
      issuerKeyHash: 'c0'.repeat(16 * (index + 2)),
      serialNumber: `0A${index}F`,
    }));
    await installedIds(octt, 'CentralSystemRootCertificate', hashes);
    for (const [index, certificateHashData] of hashes.entries()) {
      expect(await octt.list('/installed-certificates')).toHaveLength(hashes.length - index);
      const body = inSnakeCase(certificateHashData);
      const { sent, heard } = await octt.command('delete-certificate', body, 'DeleteCertificate', {
        status: 'Accepted',
      });
      expect(sent).toEqual({ certificateHashData });
      expect(heard).toMatchObject({ status: 'Accepted' });
    }
    expect(await octt.list('/installed-certificates')).toEqual([]);
  });

  it('TC_077 Invalid ChargePointCertificate event', async () => {
    const octt = await booted('OCTT-077', { chargePointSerialNumber: 'SN-077' });
    const { chain } = await signing(octt, 'SN-077');
    await certificateSigned(octt, chain, 'Rejected');
    expect(await octt.list('/certificate-signings')).toEqual([expect.objectContaining({ state: 'rejected' })]);
    await reports(octt, 'InvalidChargePointCertificate');
  });

  it('TC_078 Invalid CentralSystemCertificate event', async () => {
    const octt = await booted('OCTT-078');
    await installCertificate(octt, 'CentralSystemRootCertificate', 'Rejected');
    expect(await octt.list('/installed-certificates')).toEqual([]);
    await reports(octt, 'InvalidCentralSystemCertificate');
  });

  it('TC_079 Get Security Log', async () => {
    const octt = await booted('OCTT-079');
    const location = 'https://files.example.com/logs/';
    const [oldest, latest] = [time(-86_400), time()];
    const { sent, heard } = await octt.command(
      'get-log',
      { log_type: 'SecurityLog', location, oldest, latest },
      'GetLog',
      { status: 'Accepted', filename: 'security.log' },
    );
    expect(sent).toEqual({
      logType: 'SecurityLog',
      requestId: expect.any(Number),
      log: { remoteLocation: location, oldestTimestamp: oldest, latestTimestamp: latest },
    });
    const { requestId } = sent;
    expect(heard).toMatchObject({ status: 'Accepted', file_name: 'security.log', ocpp_request_id: requestId });
    for (const status of ['Uploading', 'Uploaded']) {
      expect(await octt.call('LogStatusNotification', { status, requestId })).toEqual({});
      expect(await octt.list('/log-uploads')).toEqual([
        expect.objectContaining({ log_type: 'SecurityLog', ocpp_request_id: requestId, location, status }),
      ]);
    }
  });

  async function signedUpdate(octt: Octt): Promise<(status: string) => Promise<void>> {
    const ca = await makeCa({ cn: 'Firmware root', o: ORGANISATION });
    const { cert: signingCertificate } = await issue({ cn: 'Firmware signer', o: ORGANISATION, ca });
    const signature = Buffer.from(`signature for ${octt.cpId}`).toString('base64');
    const [location, retrieveAt] = ['https://files.example.com/firmware/o1-2.0.bin', time(2)];
    const { sent, heard } = await octt.command(
      'signed-update-firmware',
      { location, retrieve_at: retrieveAt, signing_certificate: signingCertificate, signature },
      'SignedUpdateFirmware',
      { status: 'Accepted' },
    );
    expect(sent).toEqual({
      requestId: expect.any(Number),
      firmware: { location, retrieveDateTime: retrieveAt, signingCertificate, signature },
    });
    const { requestId } = sent;
    expect(heard).toMatchObject({ status: 'Accepted', ocpp_request_id: requestId });
    return async (status) => {
      expect(await octt.call('SignedFirmwareStatusNotification', { status, requestId })).toEqual({});
      expect(await octt.list('/firmware-updates')).toEqual([
        expect.objectContaining({ signed: true, ocpp_request_id: requestId, location, status }),
      ]);
    };
  }

  it('TC_080 Secure Firmware Update', async () => {
    const octt = await booted('OCTT-080');
    const progress = await signedUpdate(octt);
    for (const status of ['Downloading', 'Downloaded', 'SignatureVerified', 'Installing', 'InstallRebooting'])
      await progress(status);
    await octt.reboot();
    for (const connectorId of [0, 1]) await octt.status(connectorId, 'Available');
    await progress('Installed');
    await reports(octt, 'FirmwareUpdated');
    expect(await octt.read()).toMatchObject({ online: true, registration_status: 'Accepted' });
  });

  it('TC_081 Secure Firmware Update – Invalid Signature', async () => {
    const octt = await booted('OCTT-081');
    const progress = await signedUpdate(octt);
    for (const status of ['Downloading', 'Downloaded', 'InvalidSignature']) await progress(status);
    await reports(octt, 'InvalidFirmwareSignature');
  });
}

function inSnakeCase(hash: Payload): Payload {
  return {
    hash_algorithm: hash['hashAlgorithm'],
    issuer_name_hash: hash['issuerNameHash'],
    issuer_key_hash: hash['issuerKeyHash'],
    serial_number: hash['serialNumber'],
  };
}
