import { describe, expect, it } from '@jest/globals';
import { installCertificate } from './install-certificate.ts';

const certificate = '-----BEGIN CERTIFICATE-----';

describe('InstallCertificate', () => {
  it.each(['CentralSystemRootCertificate', 'ManufacturerRootCertificate'] as const)(
    'sends a %s (TC_075)',
    (certificateType) => {
      expect(installCertificate.toCall({ kind: 'InstallCertificate', certificateType, certificate })).toEqual({
        ok: true,
        action: 'InstallCertificate',
        payload: { certificateType, certificate },
      });
    },
  );

  it('refuses a certificate beyond 5500 characters', () => {
    expect(
      installCertificate.toCall({
        kind: 'InstallCertificate',
        certificateType: 'ManufacturerRootCertificate',
        certificate: 'x'.repeat(5501),
      }),
    ).toMatchObject({ kind: 'invalidPayload', errors: [{ path: '/certificate' }] });
  });

  it.each(['V2GRootCertificate', 'MORootCertificate'] as const)('of a %s does not exist in 1.6', (certificateType) => {
    expect(installCertificate.toCall({ kind: 'InstallCertificate', certificateType, certificate })).toEqual({
      ok: false,
      kind: 'notSupported',
      reason: expect.stringContaining(`OCPP 1.6 has no ${certificateType}`),
    });
  });

  const request = { certificateType: 'ManufacturerRootCertificate', certificate } as const;
  it.each([
    ['Accepted', [{ kind: 'certificateInstalled', ...request }]],
    ['Failed', []],
    ['Rejected', []],
  ] as const)('answered %s brings about %j (TC_078)', (status, effects) => {
    expect(installCertificate.mirror.answered(request, { status })).toEqual(effects);
  });
});
