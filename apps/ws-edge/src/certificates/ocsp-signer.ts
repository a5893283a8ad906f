import type { X509Certificate } from 'node:crypto';
import type { CertificateHash } from '@ocpp-gw/contracts';
import { id_kp_OCSPSigning } from '@peculiar/asn1-ocsp';
import { issuerHashes, issuerNameHash } from './certificate-hash.ts';
import { findPath, isValidAt, issuerOf } from './certificate-path.ts';

/** The certificates with which an answer is checked. */
export interface OcspTrust {
  /** Certificates of the chain whose status was requested. */
  chain: readonly X509Certificate[];
  /** Configured trust anchors. When there are none, the issuer that the hashes of the query name is trusted. */
  anchors: readonly X509Certificate[];
}

/**
 * Why a certificate may not sign answers about what the query's issuer issued (RFC 6960 4.2.2.2); null: it may. The issuer itself
 * is known by the hash of its key, so that nobody else can pass for it. A delegate shows an issuer's signature; where that issuer's
 * certificate is nowhere to be had and no anchor is configured, its name alone is compared (docs/adr/0017).
 */
export async function signerObjection(
  signer: X509Certificate,
  shown: readonly X509Certificate[],
  query: CertificateHash,
  { chain, anchors }: OcspTrust,
  now: Date,
): Promise<string | null> {
  if (!isValidAt(signer, now)) return 'the certificate of the responder is not valid now';
  const known = [...anchors, ...chain, ...shown];
  if (await isNamedBy(query, signer)) return anchorObjection(signer, known, anchors, now);
  if (signer.keyUsage?.includes(id_kp_OCSPSigning) !== true)
    return 'the responder is neither the issuer nor appointed to sign answers';
  const issuer = issuerOf(signer, known);
  if ('certificate' in issuer)
    return (await isNamedBy(query, issuer.certificate))
      ? anchorObjection(issuer.certificate, known, anchors, now)
      : APPOINTED_BY_ANOTHER;
  if (issuer.status === 'SignatureError') return 'the certificate of the responder is not signed by its issuer';
  if (anchors.length > 0) return 'the issuer of the responder is not known';
  const name = await issuerNameHash(signer, query.hashAlgorithm);
  return name === query.issuerNameHash.toLowerCase() ? null : APPOINTED_BY_ANOTHER;
}

const APPOINTED_BY_ANOTHER = 'the responder was appointed by another than the issuer';

async function isNamedBy(query: CertificateHash, issuer: X509Certificate): Promise<boolean> {
  const hashes = await issuerHashes(issuer, query.hashAlgorithm);
  return (
    hashes.issuerNameHash === query.issuerNameHash.toLowerCase() &&
    hashes.issuerKeyHash === query.issuerKeyHash.toLowerCase()
  );
}

function anchorObjection(
  issuer: X509Certificate,
  known: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
  now: Date,
): string | null {
  if (anchors.length === 0) return null;
  const found = findPath(issuer, known, anchors, now);
  return found.ok ? null : `the issuer is not trusted: ${found.reason}`;
}
