import { describe, expect, it } from '@jest/globals';
import { CertificateStore, hashData, readCertificate } from './certificate-store.ts';
import { TEST_ROOT } from './testdata/certificate.ts';

describe('CertificateStore', () => {
  it('hashes issuer name, issuer key and serial number as an OCSP client does (RFC 6960 4.1.1)', () => {
    const certificate = readCertificate(TEST_ROOT);
    // From `openssl ocsp -issuer root.pem -sha256 -cert root.pem -req_text`.
    expect(certificate && hashData(certificate, 'SHA256')).toEqual({
      hashAlgorithm: 'SHA256',
      issuerNameHash: 'a79e7df6963ef7257c1566a185e29f1522082f45fce5d3e026b845b36669f343',
      issuerKeyHash: '482a267eeb335d4bcf5a8bcd9de6b19166e6d322f1cfc154d4b1d18e2f1e8890',
      serialNumber: 'a1b2c',
    });
  });

  it('keeps a certificate once for each use, and finds it by any hash algorithm', () => {
    const sut = new CertificateStore<'A' | 'B'>();
    expect([sut.install('A', TEST_ROOT), sut.install('A', TEST_ROOT), sut.install('B', TEST_ROOT)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(sut.list()).toHaveLength(2);
    expect(sut.list(['B'])).toHaveLength(1);
    const certificate = readCertificate(TEST_ROOT);
    expect(certificate && sut.remove(hashData(certificate, 'SHA512'))).toBe(true);
    expect(sut.list()).toEqual([]);
  });

  it('refuses what is no certificate', () => {
    expect(new CertificateStore<'A'>().install('A', 'nonsense')).toBe(false);
  });
});
