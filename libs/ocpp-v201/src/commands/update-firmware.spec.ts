import { describe, expect, it } from '@jest/globals';
import { updateFirmware } from './update-firmware.ts';

const command = {
  ocppRequestId: 9,
  location: 'https://files.example/image.bin',
  retrieveAt: '2026-03-01T10:00:00Z',
};
const installAt = '2026-03-02T03:00:00Z';
const signed = { signingCertificate: '-----BEGIN CERTIFICATE-----', signature: 'c2lnbmF0dXJl' };
const firmware = { location: command.location, retrieveDateTime: command.retrieveAt };
const now = new Date('2026-02-01T00:00:00Z');

describe('UpdateFirmware', () => {
  it.each([
    { sent: command, payload: { requestId: 9, firmware } },
    {
      sent: { ...command, ...signed, installAt, retries: 3, retryInterval: 60 },
      payload: {
        requestId: 9,
        retries: 3,
        retryInterval: 60,
        firmware: { ...firmware, ...signed, installDateTime: installAt },
      },
    },
  ])('sends $payload (TC_L_01)', ({ sent, payload }) => {
    expect(updateFirmware.toCall(sent as never)).toEqual({ ok: true, action: 'UpdateFirmware', payload });
  });

  it.each([
    [{ location: 'x'.repeat(513) }, '/firmware/location'],
    [{ signature: 'x'.repeat(801) }, '/firmware/signature'],
    [{ signingCertificate: 'x'.repeat(5501) }, '/firmware/signingCertificate'],
    [{ retrieveAt: 'tonight' }, '/firmware/retrieveDateTime'],
    [{ installAt: 'tonight' }, '/firmware/installDateTime'],
    [{ ocppRequestId: -(2 ** 31) - 1 }, '/requestId'],
  ])('refuses %j', (change, path) => {
    expect(updateFirmware.toCall({ ...command, ...change } as never)).toMatchObject({
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
    const request = { requestId: 9, firmware: { ...firmware, ...signed, installDateTime: installAt } };
    const effect = {
      kind: 'firmwareUpdateRequested',
      requestId: 9,
      signed: true,
      location: command.location,
      retrieveAt: new Date(command.retrieveAt),
      installAt: new Date(installAt),
    };
    expect(updateFirmware.mirror.answered(request, { status }, now)).toEqual(
      Array.from({ length: updates }, () => effect),
    );
  });

  it('without a signature is no signed update', () => {
    expect(updateFirmware.mirror.answered({ requestId: 9, firmware }, { status: 'Accepted' }, now)).toMatchObject([
      { signed: false, installAt: undefined },
    ]);
  });
});
