import { describe, expect, it } from '@jest/globals';
import { certificateSigned, certificateSignedMirror } from './certificate-signed.ts';

const certificateChain = '-----BEGIN CERTIFICATE-----';

describe('CertificateSigned', () => {
  it('sends the chain (TC_074)', () => {
    expect(certificateSigned({ kind: 'CertificateSigned', certificateChain })).toEqual({
      ok: true,
      action: 'CertificateSigned',
      payload: { certificateChain },
    });
  });

  it('refuses a chain beyond 10000 characters', () => {
    expect(certificateSigned({ kind: 'CertificateSigned', certificateChain: 'x'.repeat(10_001) })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/certificateChain' }],
    });
  });

  it.each([
    ['Accepted', true],
    ['Rejected', false],
  ] as const)('answered %s settles the signing request (TC_077)', (status, accepted) => {
    expect(certificateSignedMirror.answered({ certificateChain }, { status })).toEqual([
      { kind: 'certificateAccepted', chain: certificateChain, accepted },
    ]);
  });
});
