import { X509Certificate as Checked } from 'node:crypto';
import type { CertificateHash } from '@ocpp-gw/contracts';
import { X509Certificate } from './x509.ts';

const DIGESTS = { SHA256: 'SHA-256', SHA384: 'SHA-384', SHA512: 'SHA-512' };

/**
 * What a station calls a certificate (whitepaper CertificateHashDataType, as in OCSP, RFC 6960 4.1.1). Null where it
 * cannot be known: the text is no certificate, or another's key signed it.
 */
export async function certificateHash(pem: string): Promise<CertificateHash | null> {
  try {
    const checked = new Checked(pem);
    if (!checked.checkIssued(checked) || !checked.verify(checked.publicKey)) return null;
    return await issuedHash(checked, checked);
  } catch {
    return null;
  }
}

/** The hash data of a certificate whose issuer is known. */
export async function issuedHash(certificate: Checked, issuer: Checked): Promise<CertificateHash> {
  return {
    hashAlgorithm: 'SHA256',
    ...(await issuerHashes(issuer, 'SHA256')),
    serialNumber: certificate.serialNumber.toLowerCase().replace(/^0+(?=.)/, ''),
  };
}

/** How OCSP names an issuer: by its name and its key. */
export async function issuerHashes(
  issuer: Checked,
  algorithm: CertificateHash['hashAlgorithm'],
): Promise<Pick<CertificateHash, 'issuerNameHash' | 'issuerKeyHash'>> {
  const { subjectName, publicKey } = new X509Certificate(issuer.raw);
  const [name, key] = await Promise.all([
    subjectName.getThumbprint(DIGESTS[algorithm]),
    publicKey.getKeyIdentifier(DIGESTS[algorithm]),
  ]);
  return { issuerNameHash: hex(name), issuerKeyHash: hex(key) };
}

/** The issuer's name in OCSP form. It is the part of the issuer that the certificate itself holds. */
export async function issuerNameHash(
  certificate: Checked,
  algorithm: CertificateHash['hashAlgorithm'],
): Promise<string> {
  return hex(await new X509Certificate(certificate.raw).issuerName.getThumbprint(DIGESTS[algorithm]));
}

function hex(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('hex');
}
