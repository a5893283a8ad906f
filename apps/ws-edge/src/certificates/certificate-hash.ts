import { X509Certificate as Checked } from 'node:crypto';
import type { CertificateHash } from '@ocpp-gw/contracts';
import { X509Certificate } from './x509.ts';

const SHA256 = 'SHA-256';

/**
 * What a station calls a certificate (whitepaper CertificateHashDataType, as in OCSP, RFC 6960 4.1.1). Null where it
 * cannot be known: the text is no certificate, or another's key signed it.
 */
export async function certificateHash(pem: string): Promise<CertificateHash | null> {
  try {
    const checked = new Checked(pem);
    if (!checked.checkIssued(checked) || !checked.verify(checked.publicKey)) return null;
    const certificate = new X509Certificate(checked.raw);
    const [name, key] = await Promise.all([
      certificate.issuerName.getThumbprint(SHA256),
      certificate.publicKey.getKeyIdentifier(SHA256),
    ]);
    return {
      hashAlgorithm: 'SHA256',
      issuerNameHash: hex(name),
      issuerKeyHash: hex(key),
      serialNumber: checked.serialNumber.toLowerCase().replace(/^0+(?=.)/, ''),
    };
  } catch {
    return null;
  }
}

function hex(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('hex');
}
