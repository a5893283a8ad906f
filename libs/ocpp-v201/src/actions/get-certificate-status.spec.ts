import { describe, expect, it } from '@jest/globals';
import { getCertificateStatus } from './get-certificate-status.ts';

const facts = { cpId: 'CS-1', now: new Date('2026-03-01T10:00:00Z') };
const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'a1', issuerKeyHash: 'b2', serialNumber: '01' } as const;
const request = { ocspRequestData: { ...hash, responderURL: 'http://ocsp.example/' } };

describe('GetCertificateStatus', () => {
  it('asks the responder that the station names', () => {
    expect(getCertificateStatus.lookups(request, facts)).toEqual({
      certificateStatus: { ...hash, responderUrl: 'http://ocsp.example/' },
    });
  });

  it.each(['good', 'revoked', 'unknown'] as const)('hands the responder’s word on when it is %s (M06)', (status) => {
    const certificateStatus = { status, response: 'MIIB' };
    expect(getCertificateStatus.decide(request, { ...facts, certificateStatus })).toEqual({
      reply: { status: 'Accepted', ocspResult: 'MIIB' },
      before: [],
    });
  });

  it('fails with the reason when the responder has none', () => {
    const certificateStatus = { status: 'unavailable', reason: 'connection refused' } as const;
    expect(getCertificateStatus.decide(request, { ...facts, certificateStatus }).reply).toEqual({
      status: 'Failed',
      statusInfo: { reasonCode: 'OcspUnavailable', additionalInfo: 'connection refused' },
    });
  });

  it.each([
    { length: 5500, status: 'Accepted' },
    { length: 5501, status: 'Failed' },
  ])('answers $status to a word of $length characters, of which none may be cut', ({ length, status }) => {
    const certificateStatus = { status: 'good', response: 'x'.repeat(length) } as const;
    expect(getCertificateStatus.decide(request, { ...facts, certificateStatus }).reply).toMatchObject({ status });
  });

  it('throws when nobody was asked, so that the station tries again', () => {
    expect(() => getCertificateStatus.decide(request, { ...facts, certificateStatus: null })).toThrow(
      'certificateStatus',
    );
  });
});
