import { describe, expect, it } from '@jest/globals';
import { installCertificate } from './install-certificate.ts';

const certificate = '-----BEGIN CERTIFICATE-----';
const uses = [
  ['CentralSystemRootCertificate', 'CSMSRootCertificate'],
  ['ManufacturerRootCertificate', 'ManufacturerRootCertificate'],
  ['V2GRootCertificate', 'V2GRootCertificate'],
  ['MORootCertificate', 'MORootCertificate'],
] as const;

describe('InstallCertificate', () => {
  it.each(uses)('sends a %s as %s (TC_M_01 to TC_M_04)', (certificateType, wire) => {
    expect(installCertificate.toCall({ kind: 'InstallCertificate', certificateType, certificate })).toEqual({
      ok: true,
      action: 'InstallCertificate',
      payload: { certificateType: wire, certificate },
    });
  });

  it('refuses a certificate beyond 5500 characters', () => {
    const certificateType = 'MORootCertificate';
    expect(
      installCertificate.toCall({ kind: 'InstallCertificate', certificateType, certificate: 'x'.repeat(5501) }),
    ).toMatchObject({ kind: 'invalidPayload', errors: [{ path: '/certificate' }] });
  });

  it.each(uses)('answered Accepted installs a %s', (certificateType, wire) => {
    const request = { certificateType: wire, certificate };
    expect(installCertificate.mirror.answered(request, { status: 'Accepted' })).toEqual([
      { kind: 'certificateInstalled', certificateType, certificate },
    ]);
  });

  it.each(['Failed', 'Rejected'] as const)('answered %s installs none (TC_M_05)', (status) => {
    expect(
      installCertificate.mirror.answered({ certificateType: 'MORootCertificate', certificate }, { status }),
    ).toEqual([]);
  });
});
