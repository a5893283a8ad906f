import { describe, expect, it } from '@jest/globals';
import { deleteCertificate } from './delete-certificate.ts';

const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'ab01', issuerKeyHash: 'CD02', serialNumber: '01' } as const;

describe('DeleteCertificate', () => {
  it.each(['SHA256', 'SHA384', 'SHA512'] as const)('gives a %s hash back as it came (TC_M_20)', (hashAlgorithm) => {
    expect(deleteCertificate.toCall({ kind: 'DeleteCertificate', ...hash, hashAlgorithm })).toEqual({
      ok: true,
      action: 'DeleteCertificate',
      payload: { certificateHashData: { ...hash, hashAlgorithm } },
    });
  });

  it('refuses a hash beyond 128 characters', () => {
    expect(
      deleteCertificate.toCall({ kind: 'DeleteCertificate', ...hash, issuerKeyHash: 'a'.repeat(129) }),
    ).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/certificateHashData/issuerKeyHash' }],
    });
  });

  it.each([
    ['Accepted', [{ kind: 'certificateDeleted', certificate: hash }]],
    ['NotFound', [{ kind: 'certificateDeleted', certificate: hash }]],
    ['Failed', []],
  ] as const)('answered %s brings about %j', (status, effects) => {
    expect(deleteCertificate.mirror.answered({ certificateHashData: hash }, { status })).toEqual(effects);
  });
});
