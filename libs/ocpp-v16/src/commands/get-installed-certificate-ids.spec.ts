import { describe, expect, it } from '@jest/globals';
import { getInstalledCertificateIds, getInstalledCertificateIdsMirror } from './get-installed-certificate-ids.ts';

const certificateType = 'CentralSystemRootCertificate';
const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' } as const;

describe('GetInstalledCertificateIds', () => {
  it('names the type (TC_075)', () => {
    expect(getInstalledCertificateIds({ kind: 'GetInstalledCertificateIds', certificateType })).toEqual({
      ok: true,
      action: 'GetInstalledCertificateIds',
      payload: { certificateType },
    });
  });

  it.each([
    { answer: { status: 'Accepted' as const, certificateHashData: [hash] }, certificates: [hash] },
    { answer: { status: 'Accepted' as const }, certificates: [] },
    { answer: { status: 'NotFound' as const }, certificates: [] },
    { answer: { status: 'NotFound' as const, certificateHashData: [hash] }, certificates: [] },
  ])('answered $answer shows $certificates', ({ answer, certificates }) => {
    expect(getInstalledCertificateIdsMirror.answered({ certificateType }, answer)).toEqual([
      { kind: 'certificatesSeen', certificateType, certificates },
    ]);
  });
});
