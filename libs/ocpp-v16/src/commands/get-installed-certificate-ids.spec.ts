import { describe, expect, it } from '@jest/globals';
import { getInstalledCertificateIds } from './get-installed-certificate-ids.ts';

const certificateType = 'CentralSystemRootCertificate';
const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '01' } as const;

describe('GetInstalledCertificateIds', () => {
  it('names the type (TC_075)', () => {
    expect(
      getInstalledCertificateIds.toCall({ kind: 'GetInstalledCertificateIds', certificateTypes: [certificateType] }),
    ).toEqual({
      ok: true,
      action: 'GetInstalledCertificateIds',
      payload: { certificateType },
    });
  });

  it.each([[undefined], [[]], [[certificateType, 'ManufacturerRootCertificate'] as const]])(
    'refuses the types %j, as it asks for one at a time',
    (certificateTypes) => {
      expect(getInstalledCertificateIds.toCall({ kind: 'GetInstalledCertificateIds', certificateTypes })).toMatchObject(
        {
          kind: 'invalidPayload',
          errors: [{ path: '/certificateType' }],
        },
      );
    },
  );

  it.each(['V2GRootCertificate', 'MORootCertificate', 'V2GCertificateChain'] as const)(
    'of a %s does not exist in 1.6',
    (foreign) => {
      expect(
        getInstalledCertificateIds.toCall({
          kind: 'GetInstalledCertificateIds',
          certificateTypes: [certificateType, foreign],
        }),
      ).toEqual({
        ok: false,
        kind: 'notSupported',
        reason: expect.stringContaining(`OCPP 1.6 has no ${foreign}`),
      });
    },
  );

  it.each([
    { answer: { status: 'Accepted' as const, certificateHashData: [hash] }, certificates: [hash] },
    { answer: { status: 'Accepted' as const }, certificates: [] },
    { answer: { status: 'NotFound' as const }, certificates: [] },
    { answer: { status: 'NotFound' as const, certificateHashData: [hash] }, certificates: [] },
  ])('answered $answer shows $certificates', ({ answer, certificates }) => {
    expect(getInstalledCertificateIds.mirror.answered({ certificateType }, answer)).toEqual([
      {
        kind: 'certificatesSeen',
        certificateTypes: [certificateType],
        certificates: certificates.map((each) => ({ ...each, certificateType })),
      },
    ]);
  });
});
