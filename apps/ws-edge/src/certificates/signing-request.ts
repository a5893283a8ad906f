import { constants, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { SigningAnswer } from '@ocpp-gw/ocpp-j';
import { firstElement } from './der.ts';
import { Pkcs10CertificateRequest } from './x509.ts';

/** Whitepaper A00, TC_074: shorter keys are not signed. */
const LEAST_BITS = { rsa: 2048, ec: 224 };

/**
 * Checks that a PKCS#10 request is well formed, is signed by its own key, has a long enough key (whitepaper A02) and
 * names one subject.
 */
export function checkSigningRequest(csr: string): SigningAnswer {
  let request: Pkcs10CertificateRequest;
  let key: KeyObject;
  try {
    request = new Pkcs10CertificateRequest(csr);
    key = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: 'der', type: 'spki' });
  } catch {
    return { ok: false, reason: 'no PKCS#10 certificate signing request in PEM that can be read' };
  }
  const objection = keyObjection(key);
  if (objection !== null) return { ok: false, reason: objection };
  if (!signedByItself(request, key))
    return {
      ok: false,
      reason: 'the request is not signed by the key that it names, or not with SHA-256, SHA-384 or SHA-512',
    };
  const [commonName = '', ...others] = request.subjectName.getField('CN');
  if (commonName.trim() === '' || others.length > 0)
    return { ok: false, reason: 'the subject of the request must have one common name (CN)' };
  return { ok: true, key: { publicKey: key.export({ format: 'pem', type: 'spki' }).toString(), commonName } };
}

function keyObjection(key: KeyObject): string | null {
  const type = key.asymmetricKeyType;
  if (type !== 'rsa' && type !== 'ec') return `the key is ${type ?? 'of an unknown kind'}: it must be RSA or EC`;
  const bits = keyBits(key);
  if (bits >= LEAST_BITS[type]) return null;
  return `the ${type.toUpperCase()} key has ${bits} bits: it must have at least ${LEAST_BITS[type]}`;
}

/** The names of all curves in use carry their size: prime256v1, secp384r1, brainpoolP256r1. */
function keyBits({ asymmetricKeyDetails: details }: KeyObject): number {
  return details?.modulusLength ?? Number(/\d{3}/.exec(details?.namedCurve ?? '')?.[0] ?? 0);
}

function signedByItself(request: Pkcs10CertificateRequest, key: KeyObject): boolean {
  try {
    const { name, hash } = request.signatureAlgorithm as { name: string; hash: { name: string } };
    const signed = firstElement(Buffer.from(request.rawData));
    if (!/^SHA-(256|384|512)$/.test(hash.name)) return false;
    const scheme =
      name === 'RSA-PSS'
        ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
        : { key };
    return verify(hash.name, signed, scheme, Buffer.from(request.signature));
  } catch {
    return false;
  }
}
