import { expect, it } from '@jest/globals';
import { HandshakeRefused, makeCa, makeCsr, signCsr } from '@ocpp-gw/testing';
import { X509Certificate, createPublicKey } from 'node:crypto';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { charging, type Octt, time } from './octt.ts';
import { setVariable } from './variables.ts';

const ORGANISATION = 'OCTT CPO';

/** Block A: passwords, certificates and security profiles that change. */
export function security(stack: () => Stack): void {
  const { registered, booted } = charging(stack);

  /** A station with `old` as its password, offered `fresh`. */
  async function offered(cpId: string, attributeStatus: string): Promise<{ octt: Octt; old: string; fresh: string }> {
    const [old, fresh] = [`old-password-${cpId}`, `fresh-password-${cpId}`];
    const octt = await registered(cpId, { password: old });
    await octt.connect({ password: old });
    await octt.boot();
    await setVariable(octt, ['SecurityCtrlr', 'BasicAuthPassword', fresh], attributeStatus);
    await octt.disconnect();
    return { octt, old, fresh };
  }

  /** One of the passwords is good and the other is not; neither can be read. */
  async function isPassword(octt: Octt, good: string, bad: string): Promise<void> {
    await expect(octt.connect({ password: bad })).rejects.toThrow(HandshakeRefused);
    await expect(octt.connect({ password: bad })).rejects.toMatchObject({ status: 401 });
    await octt.connect({ password: good });
    await octt.boot();
    expect(await octt.read()).toMatchObject({ online: true, has_password: true, has_offered_password: false });
    const listed = JSON.stringify(await octt.list('/variables'));
    for (const secret of [good, bad]) expect(listed).not.toContain(secret);
  }

  it('TC_A_09 Update Charging Station Password for HTTP Basic Authentication - Accepted', async () => {
    const { octt, old, fresh } = await offered('OCTT2-A_09', 'Accepted');
    await isPassword(octt, fresh, old);
  });

  it('TC_A_10 Update Charging Station Password for HTTP Basic Authentication - Rejected', async () => {
    const { octt, old, fresh } = await offered('OCTT2-A_10', 'Rejected');
    await isPassword(octt, old, fresh);
  });

  interface Renewal {
    requestedMessage: string;
    /** Absent: one certificate for both uses. */
    certificateType?: string;
  }
  const STATION = { requestedMessage: 'SignChargingStationCertificate', certificateType: 'ChargingStationCertificate' };
  const V2G = { requestedMessage: 'SignV2GCertificate', certificateType: 'V2GCertificate' };
  const COMBINED = { requestedMessage: 'SignCombinedCertificate' };

  const withSerial = (cpId: string) => ({ station: { serialNumber: `SN-${cpId}` } });

  /** Triggered, requested, signed by the CPO's authority, and handed over; the station answers `status`. */
  async function renews(octt: Octt, { requestedMessage, certificateType }: Renewal, status: string): Promise<void> {
    const trigger = { requested_message: requestedMessage };
    const triggered = await octt.command('trigger-message', trigger, 'TriggerMessage', { status: 'Accepted' });
    expect(triggered.sent).toEqual({ requestedMessage });
    expect(triggered.heard).toMatchObject({ status: 'Accepted' });

    const serial = `SN-${octt.cpId}`;
    const { csr } = await makeCsr({ cn: serial, o: ORGANISATION, key: 'ec256' });
    const type = certificateType === undefined ? {} : { certificateType };
    expect(await octt.call('SignCertificate', { csr, ...type })).toEqual({ status: 'Accepted' });
    const asked = { csr, common_name: serial, certificate_type: certificateType ?? null };
    expect(await octt.list('/certificate-signings')).toEqual([
      expect.objectContaining({ ...asked, state: 'requested', refusal: null, certificate_chain: null }),
    ]);

    const ca = await makeCa({ cn: 'OCTT root', o: ORGANISATION });
    const leaf = await signCsr({ csr, ca });
    const chain = leaf + '\n' + ca.cert;
    const body = {
      certificate_chain: chain,
      ...(certificateType === undefined ? {} : { certificate_type: certificateType }),
    };
    const { sent, heard } = await octt.command('certificate-signed', body, 'CertificateSigned', { status });
    expect(sent).toEqual({ certificateChain: expect.any(String), ...type });
    expect(heard).toMatchObject({ status });
    const certificate = new X509Certificate(String(sent['certificateChain']));
    expect(certificate.fingerprint256).toBe(new X509Certificate(leaf).fingerprint256);
    expect(certificate.subject).toContain(`CN=${serial}`);

    const [row] = await octt.list('/certificate-signings');
    expect(row).toMatchObject({ ...asked, state: status.toLowerCase(), certificate_chain: sent['certificateChain'] });
    expect(certificate.publicKey.equals(createPublicKey(String(row?.['public_key'])))).toBe(true);
  }

  it('TC_A_11 Update Charging Station Certificate by request of CSMS - Success - Charging Station Certificate', async () =>
    renews(await booted('OCTT2-A_11', withSerial('OCTT2-A_11')), STATION, 'Accepted'));

  it('TC_A_12 Update Charging Station Certificate by request of CSMS - Success - V2G Certificate', async () =>
    renews(await booted('OCTT2-A_12'), V2G, 'Accepted'));

  it('TC_A_13 Update Charging Station Certificate by request of CSMS - Success - Combined Certificate', async () =>
    renews(await booted('OCTT2-A_13', withSerial('OCTT2-A_13')), COMBINED, 'Accepted'));

  it('TC_A_14 Update Charging Station Certificate by request of CSMS - Invalid certificate', async () => {
    const octt = await booted('OCTT2-A_14', withSerial('OCTT2-A_14'));
    await renews(octt, STATION, 'Rejected');
    const event = { type: 'InvalidChargingStationCertificate', timestamp: time(), techInfo: octt.cpId };
    expect(await octt.call('SecurityEventNotification', event)).toEqual({});
    await until('the security event', async () => {
      expect(await octt.list(`/security-events?type=${event.type}`)).toEqual([
        expect.objectContaining({ type: event.type, tech_info: octt.cpId }),
      ]);
    });
  });

  it('TC_A_19 Upgrade Charging Station Security Profile - Accepted', async () => {
    const { ca, tlsUrl } = stack();
    const password = 'OCTT2-password-A_19';
    const [plain, tls] = [{ password }, { password, url: tlsUrl, client: { ca: ca.cert } }];
    const octt = await registered('OCTT2-A_19', { password, security_profile: 1 });
    await octt.connect(plain);
    await octt.boot();
    const connection_data = {
      ocpp_version: 'OCPP20',
      ocpp_transport: 'JSON',
      ocpp_csms_url: tlsUrl,
      message_timeout: 30,
      security_profile: 2,
      ocpp_interface: 'Wired0',
    };
    const body = { configuration_slot: 1, connection_data };
    const { sent } = await octt.command('set-network-profile', body, 'SetNetworkProfile', { status: 'Accepted' });
    expect(sent).toEqual({
      configurationSlot: 1,
      connectionData: {
        ocppVersion: 'OCPP20',
        ocppTransport: 'JSON',
        ocppCsmsUrl: tlsUrl,
        messageTimeout: 30,
        securityProfile: 2,
        ocppInterface: 'Wired0',
      },
    });
    expect(await octt.read()).toMatchObject({ security_profile: 1, offered_security_profile: 2 });
    await setVariable(octt, ['OCPPCommCtrlr', 'NetworkConfigurationPriority', '1'], 'RebootRequired');
    const reset = await octt.command('reset', { type: 'Hard' }, 'Reset', { status: 'Accepted' });
    expect(reset.sent).toEqual({ type: 'Immediate' });

    await octt.reboot('RemoteReset', tls);
    expect(await octt.read()).toMatchObject({ online: true, security_profile: 2, offered_security_profile: null });
    await octt.disconnect();
    await expect(octt.connect(plain)).rejects.toMatchObject({ status: 401 });
    await octt.connect(tls);
    await octt.boot();
  });
}
