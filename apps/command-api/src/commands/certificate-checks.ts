import type { X509Certificate } from 'node:crypto';
import type { RequestFault } from '../problems/members.ts';
import { expiryFault, isForKey, isSignedBy, keyFault, readCertificates } from './certificates.ts';
import type { OpenSigning } from './signings.ts';

/** What is wrong with certificates on their way to a charge point, which would refuse them late and say less. */

/** Of install-certificate: a station trusts what it is given, so it is given nothing but a CA. */
export function checkRootCertificate(pem: string, now: Date): RequestFault[] {
  return checkOne('/certificate', pem, (certificate) => [
    expiryFault(certificate, now),
    certificate.ca ? undefined : 'is not a CA certificate: send the root, not what it has signed',
  ]);
}

/** Of signed-update-firmware. */
export function checkSigningCertificate(pem: string, now: Date): RequestFault[] {
  return checkOne('/signing_certificate', pem, (certificate) => [expiryFault(certificate, now)]);
}

/** Of certificate-signed: the chain must be for the key of the station's own request, where the gateway has seen it. */
export function checkCertificateChain(
  pem: string,
  { now, signing }: { now: Date; signing: OpenSigning | null },
): RequestFault[] {
  const pointer = '/certificate_chain';
  const chain = readCertificates(pem);
  if (typeof chain === 'string') return [{ pointer, message: chain }];
  const ofEach = chain.flatMap((certificate, index) => {
    const issuer = chain[index + 1];
    const faults = [
      expiryFault(certificate, now),
      keyFault(certificate),
      issuer && !isSignedBy(certificate, issuer) ? 'is not signed by the next: order the chain upwards' : undefined,
    ];
    return present(faults).map((fault) => `certificate ${index + 1} ${fault}`);
  });
  const [own] = chain;
  const foreign = own && signing?.publicKey && !isForKey(own, signing.publicKey);
  const ofKey = foreign
    ? ['certificate 1 is for another key than that of the signing request which waits: sign that request']
    : [];
  return [...ofEach, ...ofKey].map((message) => ({ pointer, message }));
}

function checkOne(
  pointer: string,
  pem: string,
  check: (certificate: X509Certificate) => (string | undefined)[],
): RequestFault[] {
  const certificates = readCertificates(pem);
  if (typeof certificates === 'string') return [{ pointer, message: certificates }];
  const [certificate, ...others] = certificates;
  if (!certificate || others.length > 0) return [{ pointer, message: 'must be one certificate: send no chain' }];
  return present(check(certificate)).map((message) => ({ pointer, message }));
}

function present(faults: (string | undefined)[]): string[] {
  return faults.filter((fault) => fault !== undefined);
}
