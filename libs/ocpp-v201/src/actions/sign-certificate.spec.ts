import { describe, expect, it } from '@jest/globals';
import { signCertificate } from './sign-certificate.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CS-1', now };
const csr = '-----BEGIN CERTIFICATE REQUEST-----';
const key = { publicKey: '-----BEGIN PUBLIC KEY-----', commonName: 'SN-0001' };

describe('SignCertificate', () => {
  it('asks whether the request is sound', () => {
    expect(signCertificate.lookups({ csr, certificateType: 'V2GCertificate' }, facts)).toEqual({
      signingRequest: { csr, use: 'V2G' },
    });
    expect(signCertificate.lookups({ csr }, facts)).toEqual({ signingRequest: { csr, use: 'station' } });
  });

  it.each(['ChargingStationCertificate', 'V2GCertificate', undefined] as const)(
    'accepts a sound request for a %s, and records it with its key for whoever signs (A02)',
    (certificateType) => {
      expect(signCertificate.decide({ csr, certificateType }, { ...facts, signingRequest: { ok: true, key } })).toEqual(
        {
          reply: { status: 'Accepted' },
          before: [{ kind: 'signingRequest', csr, certificateType, key, time: { at: now } }],
        },
      );
    },
  );

  it('rejects one that is not, and says and records why (A03)', () => {
    const signingRequest = { ok: false, reason: 'the key is too short' } as const;
    expect(signCertificate.decide({ csr }, { ...facts, signingRequest })).toEqual({
      reply: {
        status: 'Rejected',
        statusInfo: { reasonCode: 'InvalidCSR', additionalInfo: 'the key is too short' },
      },
      before: [{ kind: 'signingRequest', csr, refusal: 'the key is too short', time: { at: now } }],
    });
  });

  it('throws when nobody looked at it, so that the station tries again', () => {
    expect(() => signCertificate.decide({ csr }, { ...facts, signingRequest: null })).toThrow('signingRequest');
  });
});
