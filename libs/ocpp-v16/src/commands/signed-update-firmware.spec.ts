import { describe, expect, it } from '@jest/globals';
import { signedUpdateFirmware } from './signed-update-firmware.ts';

const command = {
  kind: 'SignedUpdateFirmware',
  ocppRequestId: 9,
  location: 'https://files.example/image.bin',
  retrieveAt: '2026-03-01T10:00:00Z',
  signingCertificate: '-----BEGIN CERTIFICATE-----',
  signature: 'c2lnbmF0dXJl',
} as const;
const firmware = {
  location: command.location,
  retrieveDateTime: command.retrieveAt,
  signingCertificate: command.signingCertificate,
  signature: command.signature,
};
const installAt = '2026-03-02T03:00:00Z';
const now = new Date('2026-02-01T00:00:00Z');

describe('SignedUpdateFirmware', () => {
  it.each([
    { sent: command, payload: { requestId: 9, firmware } },
    {
      sent: { ...command, installAt, retries: 3, retryInterval: 60 },
      payload: { requestId: 9, retries: 3, retryInterval: 60, firmware: { ...firmware, installDateTime: installAt } },
    },
  ])('sends $payload (TC_080)', ({ sent, payload }) => {
    expect(signedUpdateFirmware.toCall(sent)).toEqual({ ok: true, action: 'SignedUpdateFirmware', payload });
  });

  it.each([
    [{ location: 'x'.repeat(513) }, '/firmware/location'],
    [{ signature: 'x'.repeat(801) }, '/firmware/signature'],
    [{ signingCertificate: 'x'.repeat(5501) }, '/firmware/signingCertificate'],
    [{ installAt: 'tonight' }, '/firmware/installDateTime'],
    [{ ocppRequestId: -(2 ** 31) - 1 }, '/requestId'],
  ])('refuses %j', (change, path) => {
    expect(signedUpdateFirmware.toCall({ ...command, ...change })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it.each([
    ['Accepted', 1],
    ['AcceptedCanceled', 1],
    ['Rejected', 0],
    ['InvalidCertificate', 0],
    ['RevokedCertificate', 0],
  ] as const)('answered %s begins %i update', (status, updates) => {
    const request = { requestId: 9, firmware: { ...firmware, installDateTime: installAt } };
    const effect = {
      kind: 'firmwareUpdateRequested',
      requestId: 9,
      signed: true,
      location: command.location,
      retrieveAt: new Date(command.retrieveAt),
      installAt: new Date(installAt),
    };
    expect(signedUpdateFirmware.mirror.answered(request, { status }, now)).toEqual(
      Array.from({ length: updates }, () => effect),
    );
  });

  it('need not say when to install', () => {
    expect(signedUpdateFirmware.mirror.answered({ requestId: 9, firmware }, { status: 'Accepted' }, now)).toMatchObject(
      [{ installAt: undefined }],
    );
  });
});
