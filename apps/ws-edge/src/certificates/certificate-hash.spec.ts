import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { issue, makeCa } from '@ocpp-gw/testing';
import { certificateHash, issuedHash, issuerNameHash } from './certificate-hash.ts';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('certificateHash', () => {
  it('names a root by its own name, key and serial number (RFC 6960 4.1.1)', async () => {
    const { cert } = await makeCa({ cn: 'Root', key: 'ec256' });
    const { raw, publicKey, serialNumber } = new X509Certificate(cert);
    // The name as it stands in the certificate: SEQUENCE, SET, SEQUENCE, commonName, UTF8String or PrintableString.
    const at = raw.indexOf(Buffer.from('Root')) - 13;
    const name = raw.subarray(at, at + 2 + raw.readUInt8(at + 1));
    // An uncompressed P-256 point is the last 65 bytes of the key's SubjectPublicKeyInfo.
    const point = createPublicKey(publicKey.export({ format: 'pem', type: 'spki' }))
      .export({ format: 'der', type: 'spki' })
      .subarray(-65);
    expect(await certificateHash(cert)).toEqual({
      hashAlgorithm: 'SHA256',
      issuerNameHash: sha256(name),
      issuerKeyHash: sha256(point),
      serialNumber: serialNumber.toLowerCase().replace(/^0/, ''),
    });
  });

  it("is not to be known where another's key signed, or where there is no certificate", async () => {
    const ca = await makeCa({ cn: 'Root' });
    const { cert } = await issue({ ca, cn: 'Root' });
    expect(await certificateHash(cert)).toBeNull();
    expect(await certificateHash('no certificate')).toBeNull();
  });
});

describe('issuedHash', () => {
  it("names a certificate by its issuer's name and key and its own number", async () => {
    const ca = await makeCa({ cn: 'Root' });
    const certificate = new X509Certificate((await issue({ ca, cn: 'CP1' })).cert);
    const hash = await issuedHash(certificate, new X509Certificate(ca.cert));
    expect(hash).toEqual({
      ...(await certificateHash(ca.cert)),
      serialNumber: certificate.serialNumber.toLowerCase().replace(/^0/, ''),
    });
    expect(await issuerNameHash(certificate, 'SHA256')).toBe(hash.issuerNameHash);
    expect(await issuerNameHash(certificate, 'SHA384')).toHaveLength(96);
  });
});
