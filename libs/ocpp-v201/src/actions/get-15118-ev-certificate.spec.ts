import { describe, expect, it } from '@jest/globals';
import { get15118EvCertificate } from './get-15118-ev-certificate.ts';

const facts = { cpId: 'CS-1', now: new Date('2026-03-01T10:00:00Z') };
const request = {
  iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef',
  action: 'Install',
  exiRequest: 'gJgCAB8=',
} as const;

describe('Get15118EVCertificate', () => {
  it.each(['Install', 'Update'] as const)('asks the issuer to %s', (action) => {
    expect(get15118EvCertificate.lookups({ ...request, action }, facts)).toEqual({
      evCertificate: { ...request, action },
    });
  });

  it('hands the issuer’s answer on unread (M01)', () => {
    const evCertificate = { ok: true, exiResponse: 'gKQCAA==' } as const;
    expect(get15118EvCertificate.decide(request, { ...facts, evCertificate })).toEqual({
      reply: { status: 'Accepted', exiResponse: 'gKQCAA==' },
      before: [],
    });
  });

  it('fails with the reason, and the empty response that the schema demands', () => {
    const evCertificate = { ok: false, reason: `no issuer ${'x'.repeat(600)}` } as const;
    const { reply } = get15118EvCertificate.decide(request, { ...facts, evCertificate });
    expect(reply).toMatchObject({ status: 'Failed', exiResponse: '', statusInfo: { reasonCode: 'NoCertificate' } });
    expect(reply.statusInfo?.additionalInfo).toBe(`no issuer ${'x'.repeat(502)}`);
  });

  it('throws when nobody was asked, so that the station tries again', () => {
    expect(() => get15118EvCertificate.decide(request, { ...facts, evCertificate: null })).toThrow('evCertificate');
  });
});
