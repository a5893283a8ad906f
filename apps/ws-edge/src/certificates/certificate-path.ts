import type { X509Certificate } from 'node:crypto';
import type { ContractCertificateAnswer } from '@ocpp-gw/ocpp-j';

/** Longest path. ISO 15118 has a root, two sub-authorities and the certificate; cross-signing adds some. */
const LONGEST = 6;

export type CertificatePath =
  /** The certificates from the given one to an anchor. */
  | { ok: true; path: readonly X509Certificate[] }
  | { ok: false; status: Exclude<ContractCertificateAnswer['status'], 'Accepted'>; reason: string };

/**
 * Follows a certificate up to one that is trusted (RFC 5280 section 6.1: names, signatures, dates, and who may issue). Policies,
 * name constraints and path lengths are not looked at (docs/adr/0017).
 */
export function findPath(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
  now: Date,
): CertificatePath {
  const path: X509Certificate[] = [];
  for (let current = certificate; path.length < LONGEST;) {
    const objection = dateObjection(current, now);
    if (objection) return objection;
    path.push(current);
    if (anchors.some((anchor) => isSame(anchor, current))) return { ok: true, path };
    const issuer = issuerOf(current, [...anchors, ...others]);
    if (!('certificate' in issuer)) return issuer;
    current = issuer.certificate;
  }
  return { ok: false, status: 'CertChainError', reason: `no trusted certificate within ${LONGEST} steps` };
}

/** Finds the certificate whose key signed the given one. A matching name alone proves nothing. */
export function issuerOf(
  certificate: X509Certificate,
  candidates: readonly X509Certificate[],
): { certificate: X509Certificate } | Extract<CertificatePath, { ok: false }> {
  const named = candidates.filter((candidate) => candidate.ca && certificate.checkIssued(candidate));
  const issuer = named.find((candidate) => certificate.verify(candidate.publicKey));
  if (issuer) return { certificate: issuer };
  return named.length > 0
    ? { ok: false, status: 'SignatureError', reason: `${nameOf(certificate)} is not signed by its issuer` }
    : { ok: false, status: 'CertChainError', reason: `the issuer of ${nameOf(certificate)} is not known` };
}

export function isValidAt({ validFromDate, validToDate }: X509Certificate, now: Date): boolean {
  return validFromDate <= now && now <= validToDate;
}

function dateObjection(certificate: X509Certificate, now: Date): Extract<CertificatePath, { ok: false }> | null {
  if (isValidAt(certificate, now)) return null;
  return certificate.validToDate < now
    ? { ok: false, status: 'CertificateExpired', reason: `${nameOf(certificate)} has expired` }
    : { ok: false, status: 'CertChainError', reason: `${nameOf(certificate)} is not valid yet` };
}

function isSame(one: X509Certificate, other: X509Certificate): boolean {
  return one.raw.equals(other.raw);
}

function nameOf({ subject }: X509Certificate): string {
  return subject.replaceAll('\n', ', ');
}
