import { X509Certificate, createPublicKey } from 'node:crypto';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** The certificates of a PEM text, or what is wrong with it. */
export function readCertificates(pem: string): X509Certificate[] | string {
  const blocks = pem.match(BLOCK) ?? [];
  if (blocks.length === 0) return 'must be PEM: send -----BEGIN CERTIFICATE----- … -----END CERTIFICATE-----';
  if (pem.replace(BLOCK, '').trim() !== '')
    return 'must hold nothing but PEM certificates: remove what stands around them';
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return 'holds a certificate that cannot be read: send it as its issuer gave it';
  }
}

export function expiryFault(certificate: X509Certificate, now: Date): string | undefined {
  return new Date(certificate.validTo) < now
    ? `has expired on ${new Date(certificate.validTo).toISOString()}: send one that is valid`
    : undefined;
}

/** OCPP 1.6 security whitepaper: RSA keys of at least 2048 bits, elliptic curves of at least 224. */
export function keyFault({ publicKey }: X509Certificate): string | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = publicKey;
  if (type === 'rsa')
    return (details?.modulusLength ?? 0) >= 2048
      ? undefined
      : 'has an RSA key of less than 2048 bits: use a longer one';
  // The name of a curve says its size: prime256v1, secp384r1.
  const bits = Number(details?.namedCurve?.match(/\d{3}/)?.[0] ?? 0);
  return type === 'ec' && bits >= 224
    ? undefined
    : 'has a key that is neither RSA of 2048 bits nor an elliptic curve of 224: use one of these';
}

/** Whether a certificate is for this key, a SubjectPublicKeyInfo in PEM. */
export function isForKey({ publicKey }: X509Certificate, pem: string): boolean {
  return createPublicKey(pem).equals(publicKey);
}

export function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
