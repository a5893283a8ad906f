import { describe, expect, it } from '@jest/globals';
import { certificateSigned } from './certificate-signed.ts';

const certificateChain = '-----BEGIN CERTIFICATE-----';

describe('CertificateSigned', () => {
  it.each([{ certificateChain }, { certificateChain, certificateType: 'V2GCertificate' as const }])(
    'sends %j (TC_A_11, TC_A_12)',
    (payload) => {
      expect(certificateSigned.toCall({ kind: 'CertificateSigned', ...payload })).toEqual({
        ok: true,
        action: 'CertificateSigned',
        payload,
      });
    },
  );

  it('refuses a chain beyond 10000 characters', () => {
    expect(certificateSigned.toCall({ kind: 'CertificateSigned', certificateChain: 'x'.repeat(10_001) })).toMatchObject(
      {
        kind: 'invalidPayload',
        errors: [{ path: '/certificateChain' }],
      },
    );
  });

  it.each([
    ['Accepted', true],
    ['Rejected', false],
  ] as const)('answered %s settles the signing request of the type (TC_A_14)', (status, accepted) => {
    const request = { certificateChain, certificateType: 'V2GCertificate' } as const;
    expect(certificateSigned.mirror.answered(request, { status })).toEqual([
      { kind: 'certificateAccepted', certificateType: 'V2GCertificate', chain: certificateChain, accepted },
    ]);
  });
});
