import { describe, expect, it } from '@jest/globals';
import { signCertificate } from './sign-certificate.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CP-1', now };
const request = { csr: '-----BEGIN CERTIFICATE REQUEST-----' };

describe('SignCertificate', () => {
  it('asks whether the request is sound', () => {
    expect(signCertificate.lookups(request, facts)).toEqual({ signingRequest: { ...request, use: 'station' } });
  });

  it('accepts a sound request, and records it with its key for whoever signs (A02)', () => {
    const key = { publicKey: '-----BEGIN PUBLIC KEY-----', commonName: 'SN-0001' };
    expect(signCertificate.decide(request, { ...facts, signingRequest: { ok: true, key } })).toEqual({
      reply: { status: 'Accepted' },
      before: [{ kind: 'signingRequest', csr: request.csr, key, time: { at: now } }],
    });
  });

  it('rejects one that is not, and records why (A03)', () => {
    const signingRequest = { ok: false, reason: 'the key is too short' } as const;
    expect(signCertificate.decide(request, { ...facts, signingRequest })).toEqual({
      reply: { status: 'Rejected' },
      before: [{ kind: 'signingRequest', csr: request.csr, refusal: 'the key is too short', time: { at: now } }],
    });
  });

  it('throws when nobody looked at it, so that the charge point tries again', () => {
    expect(() => signCertificate.decide(request, { ...facts, signingRequest: null })).toThrow('signingRequest');
  });
});
