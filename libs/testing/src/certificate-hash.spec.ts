import { describe, expect, it } from '@jest/globals';
import { X509Certificate, createHash } from 'node:crypto';
import { certificateHashData } from './certificate-hash.ts';
import { issue, makeCa } from './certificates.ts';

describe(certificateHashData.name, () => {
  it('names the issuer by its name and its key, the certificate by its number', async () => {
    const ca = await makeCa({ cn: 'Root' });
    const { cert } = await issue({ cn: 'Leaf', ca });
    const spki = new X509Certificate(ca.cert).publicKey.export({ type: 'spki', format: 'der' });
    // The last 65 bytes of an EC P-256 key are the BIT STRING without its tag, length and unused bits.
    const issuerKeyHash = createHash('sha256').update(spki.subarray(-65)).digest('hex');
    const named = await certificateHashData(cert, ca.cert);
    expect(named).toEqual({
      hashAlgorithm: 'SHA256',
      issuerNameHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      issuerKeyHash,
      serialNumber: new X509Certificate(cert).serialNumber.toLowerCase().replace(/^0+/, ''),
    });
    // A root is its own issuer.
    expect(await certificateHashData(ca.cert, ca.cert)).toMatchObject({
      issuerNameHash: named.issuerNameHash,
      issuerKeyHash,
    });
  });
});
