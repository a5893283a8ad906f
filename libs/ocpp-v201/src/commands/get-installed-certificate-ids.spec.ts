import { describe, expect, it } from '@jest/globals';
import { getInstalledCertificateIds, readCertificates } from './get-installed-certificate-ids.ts';

const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' } as const;
const child = { ...hash, serialNumber: '02' };
const chains = [
  { certificateType: 'CSMSRootCertificate' as const, certificateHashData: hash },
  {
    certificateType: 'V2GCertificateChain' as const,
    certificateHashData: hash,
    childCertificateHashData: [child],
  },
];
const certificates = [
  { ...hash, certificateType: 'CentralSystemRootCertificate' },
  { ...hash, certificateType: 'V2GCertificateChain' },
  { ...child, certificateType: 'V2GCertificateChain' },
];

describe('GetInstalledCertificateIds', () => {
  it.each([
    [undefined, {}],
    [[], {}],
    [['MORootCertificate'] as const, { certificateType: ['MORootCertificate'] }],
    [
      ['CentralSystemRootCertificate', 'ManufacturerRootCertificate'] as const,
      { certificateType: ['CSMSRootCertificate', 'ManufacturerRootCertificate'] },
    ],
  ])('of %j sends %j (TC_M_12 to TC_M_18)', (certificateTypes, payload) => {
    expect(getInstalledCertificateIds.toCall({ kind: 'GetInstalledCertificateIds', certificateTypes })).toEqual({
      ok: true,
      action: 'GetInstalledCertificateIds',
      payload,
    });
  });

  it('shows each certificate of a chain under its type', () => {
    const answer = { status: 'Accepted' as const, certificateHashDataChain: chains };
    expect(readCertificates(answer)).toEqual(certificates);
    expect(getInstalledCertificateIds.mirror.answered({}, answer)).toEqual([
      { kind: 'certificatesSeen', certificates },
    ]);
  });

  it.each([
    { status: 'NotFound' as const },
    { status: 'NotFound' as const, certificateHashDataChain: chains },
    { status: 'Accepted' as const },
  ])('answered %j shows that there is none of the types (TC_M_19)', (answer) => {
    const request = { certificateType: ['CSMSRootCertificate' as const] };
    expect(getInstalledCertificateIds.mirror.answered(request, answer)).toEqual([
      { kind: 'certificatesSeen', certificateTypes: ['CentralSystemRootCertificate'], certificates: [] },
    ]);
  });
});
