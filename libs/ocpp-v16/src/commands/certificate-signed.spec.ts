import { describe, expect, it } from '@jest/globals';
import { certificateSigned } from './certificate-signed.ts';

const certificateChain = '-----BEGIN CERTIFICATE-----';

describe('CertificateSigned', () => {
  it.each([undefined, 'ChargingStationCertificate'] as const)('sends the chain for %s (TC_074)', (certificateType) => {
    expect(certificateSigned.toCall({ kind: 'CertificateSigned', certificateChain, certificateType })).toEqual({
      ok: true,
      action: 'CertificateSigned',
      payload: { certificateChain },
    });
  });

  it('of a V2GCertificate does not exist in 1.6', () => {
    const certificateType = 'V2GCertificate';
    expect(certificateSigned.toCall({ kind: 'CertificateSigned', certificateChain, certificateType })).toEqual({
      ok: false,
      kind: 'notSupported',
      reason: expect.stringContaining('OCPP 1.6 has no V2GCertificate'),
    });
  });

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
  ] as const)('answered %s settles the signing request (TC_077)', (status, accepted) => {
    expect(certificateSigned.mirror.answered({ certificateChain }, { status })).toEqual([
      { kind: 'certificateAccepted', chain: certificateChain, accepted },
    ]);
  });
});
