import { expect, it } from '@jest/globals';
import { issue, makeCa } from '@ocpp-gw/testing';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { charging, type Octt, type Payload, time } from './octt.ts';

const LOCATION = 'https://files.example.com/firmware/o2-2.0.bin';
const VERIFIED = ['Downloading', 'Downloaded', 'SignatureVerified'];

interface Requested {
  requestId: unknown;
  /** The station tells where it is, and the operator sees just that. */
  progress(...statuses: string[]): Promise<void>;
}

/** Block L, secure firmware update (L01). */
export function firmware(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** UpdateFirmware with the maker's certificate and signature, answered with `status`. */
  async function update(
    octt: Octt,
    status: string,
    when: { retrieve?: number; install?: number } = {},
  ): Promise<Requested> {
    const ca = await makeCa({ cn: 'Firmware root', o: 'OCTT maker' });
    const { cert: signingCertificate } = await issue({ cn: 'Firmware signer', o: 'OCTT maker', ca });
    const signature = Buffer.from(`signature for ${octt.cpId}`).toString('base64');
    const retrieveAt = time(when.retrieve);
    const installAt = when.install === undefined ? undefined : time(when.install);
    const { sent, heard } = await octt.command(
      'signed-update-firmware',
      {
        location: LOCATION,
        retrieve_at: retrieveAt,
        install_at: installAt,
        signing_certificate: signingCertificate,
        signature,
      },
      'UpdateFirmware',
      { status },
    );
    expect(sent).toEqual({
      requestId: expect.any(Number),
      firmware: {
        location: LOCATION,
        retrieveDateTime: retrieveAt,
        ...(installAt && { installDateTime: installAt }),
        signingCertificate,
        signature,
      },
    });
    const { requestId } = sent;
    expect(heard).toMatchObject({ status, ocpp_request_id: requestId });
    return {
      requestId,
      async progress(...statuses) {
        for (const each of statuses) {
          expect(await octt.call('FirmwareStatusNotification', { status: each, requestId })).toEqual({});
          expect(await of(octt, requestId)).toMatchObject({ signed: true, location: LOCATION, status: each });
        }
      },
    };
  }

  async function of(octt: Octt, requestId: unknown): Promise<Payload | undefined> {
    return (await octt.list('/firmware-updates')).find((one) => one['ocpp_request_id'] === requestId);
  }

  /** The station reports a security event, and the operator finds it. */
  async function reports(octt: Octt, type: string): Promise<void> {
    expect(await octt.call('SecurityEventNotification', { type, timestamp: time() })).toEqual({});
    await until(`the event ${type}`, async () => {
      expect(await octt.list(`/security-events?type=${type}`)).toEqual([expect.objectContaining({ type })]);
    });
  }

  /** Reboots with the new firmware and says so. */
  async function installed(octt: Octt, { progress }: Requested): Promise<void> {
    await progress('InstallRebooting');
    await octt.disconnect();
    await octt.connect();
    await octt.boot({ reason: 'FirmwareUpdate', station: { firmwareVersion: '2.0' } });
    await octt.status('Available');
    await progress('Installed');
    await reports(octt, 'FirmwareUpdated');
    expect(await octt.read()).toMatchObject({ firmware_version: '2.0', registration_status: 'Accepted' });
  }

  it('TC_L_01 Secure Firmware Update - Installation successful', async () => {
    const octt = await booted('OCTT2-L_01', { station: { firmwareVersion: '1.0' } });
    const requested = await update(octt, 'Accepted');
    expect(await of(octt, requested.requestId)).toMatchObject({ signed: true, location: LOCATION, status: null });
    await requested.progress(...VERIFIED, 'Installing');
    await installed(octt, requested);
  });

  it('TC_L_02 Secure Firmware Update - InstallScheduled', async () => {
    const octt = await booted('OCTT2-L_02');
    const requested = await update(octt, 'Accepted', { install: 3600 });
    const { install_at: installAt } = (await of(octt, requested.requestId)) ?? {};
    expect(Date.parse(String(installAt))).toBeGreaterThan(Date.now());
    await requested.progress(...VERIFIED, 'InstallScheduled', 'Installing');
    await installed(octt, requested);
  });

  it('TC_L_03 Secure Firmware Update - DownloadScheduled', async () => {
    const octt = await booted('OCTT2-L_03');
    const requested = await update(octt, 'Accepted', { retrieve: 3600 });
    const { retrieve_at: retrieveAt } = (await of(octt, requested.requestId)) ?? {};
    expect(Date.parse(String(retrieveAt))).toBeGreaterThan(Date.now());
    await requested.progress('DownloadScheduled', ...VERIFIED, 'Installing');
    await installed(octt, requested);
  });

  it('TC_L_04 Secure Firmware Update - RevokedCertificate', () => refuses('OCTT2-L_04', 'RevokedCertificate'));
  it('TC_L_05 Secure Firmware Update - InvalidCertificate', () => refuses('OCTT2-L_05', 'InvalidCertificate'));

  async function refuses(cpId: string, status: string): Promise<void> {
    const octt = await booted(cpId);
    await update(octt, status);
    expect(await octt.list('/firmware-updates')).toEqual([]);
    await reports(octt, 'InvalidFirmwareSigningCertificate');
  }

  it('TC_L_06 Secure Firmware Update - InvalidSignature', async () => {
    const octt = await booted('OCTT2-L_06');
    const { progress } = await update(octt, 'Accepted');
    await progress('Downloading', 'Downloaded', 'InvalidSignature');
    await reports(octt, 'InvalidFirmwareSignature');
  });

  it('TC_L_07 Secure Firmware Update - DownloadFailed', () => fails('OCTT2-L_07', ['Downloading', 'DownloadFailed']));
  it('TC_L_08 Secure Firmware Update - InstallVerificationFailed', () =>
    fails('OCTT2-L_08', [...VERIFIED, 'Installing', 'InstallVerificationFailed']));
  it('TC_L_09 Secure Firmware Update - InstallationFailed', () =>
    fails('OCTT2-L_09', [...VERIFIED, 'Installing', 'InstallationFailed']));

  async function fails(cpId: string, statuses: readonly string[]): Promise<void> {
    const octt = await booted(cpId, { station: { firmwareVersion: '1.0' } });
    const { progress } = await update(octt, 'Accepted');
    await progress(...statuses);
    expect(await octt.read()).toMatchObject({ firmware_version: '1.0', online: true });
    expect(await octt.connectorStatus(1)).toBe('Available');
  }

  it('TC_L_10 Secure Firmware Update - AcceptedCanceled', async () => {
    const octt = await booted('OCTT2-L_10');
    const first = await update(octt, 'Accepted');
    await first.progress('Downloading');
    const second = await update(octt, 'AcceptedCanceled');
    expect(second.requestId).not.toBe(first.requestId);
    await second.progress(...VERIFIED, 'Installing');
    await installed(octt, second);
    expect(await of(octt, first.requestId)).toMatchObject({ status: 'Downloading' });
  });

  it('TC_L_11 Secure Firmware Update - Unable to cancel', async () => {
    const octt = await booted('OCTT2-L_11');
    const first = await update(octt, 'Accepted');
    await first.progress(...VERIFIED, 'Installing');
    const second = await update(octt, 'Rejected');
    expect(await of(octt, second.requestId)).toBeUndefined();
    await installed(octt, first);
  });

  it('TC_L_13 Secure Firmware Update - Ongoing transaction, AllowNewSessionsPendingFirmwareUpdate=false', async () => {
    const octt = await booted('OCTT2-L_13');
    const transaction = await octt.charging();
    const requested = await update(octt, 'Accepted');
    await requested.progress(...VERIFIED, 'InstallScheduled');
    expect(await octt.transaction()).toMatchObject({ state: 'active' });
    await transaction.ended('StopAuthorized', { wh: 2000 });
    await octt.status('Unavailable');
    expect(await octt.connectorStatus(1)).toBe('Unavailable');
    await requested.progress('Installing');
    await installed(octt, requested);
    expect(await octt.transaction()).toMatchObject({ state: 'ended', energy_wh: 1000 });
    expect(await octt.connectorStatus(1)).toBe('Available');
  });
}
