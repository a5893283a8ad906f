import { createHash, X509Certificate } from 'node:crypto';

export type HashAlgorithm = 'SHA256' | 'SHA384' | 'SHA512';

export interface CertificateHashData {
  hashAlgorithm: HashAlgorithm;
  issuerNameHash: string;
  issuerKeyHash: string;
  serialNumber: string;
}

/** The certificate a PEM text holds (the first of a chain), or null. */
export function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

/** Root certificates the CSMS installed. Only self-signed ones: the issuer's key is then the certificate's own. */
export class CertificateStore<Use extends string> {
  #certificates: { use: Use; certificate: X509Certificate }[] = [];

  install(use: Use, pem: string): boolean {
    const certificate = readCertificate(pem);
    if (!certificate) return false;
    const isSame = (other: X509Certificate): boolean => other.fingerprint256 === certificate.fingerprint256;
    this.#certificates = this.#certificates.filter((each) => each.use !== use || !isSame(each.certificate));
    this.#certificates.push({ use, certificate });
    return true;
  }

  list(uses?: readonly Use[]): { use: Use; hashData: CertificateHashData }[] {
    return this.#certificates
      .filter(({ use }) => !uses || uses.includes(use))
      .map(({ use, certificate }) => ({ use, hashData: hashData(certificate, 'SHA256') }));
  }

  remove(wanted: CertificateHashData): boolean {
    const matches = (certificate: X509Certificate): boolean => {
      const own = hashData(certificate, wanted.hashAlgorithm);
      return (['issuerNameHash', 'issuerKeyHash', 'serialNumber'] as const).every(
        (field) => own[field].toLowerCase() === wanted[field].toLowerCase(),
      );
    };
    const before = this.#certificates.length;
    this.#certificates = this.#certificates.filter(({ certificate }) => !matches(certificate));
    return this.#certificates.length < before;
  }
}

/** RFC 6960 CertID: hash of the issuer's DER name, hash of the issuer's public key bits, serial number. */
export function hashData(certificate: X509Certificate, hashAlgorithm: HashAlgorithm): CertificateHashData {
  const [toBeSigned] = children(certificate.raw);
  const fields = children(toBeSigned as Buffer);
  // Version is optional and explicitly tagged [0]; then serial number, algorithm, issuer.
  const issuer = fields[fields[0]?.[0] === 0xa0 ? 3 : 2] as Buffer;
  const [, bitString] = children(certificate.publicKey.export({ type: 'spki', format: 'der' }));
  const hash = (data: Buffer): string => createHash(hashAlgorithm.toLowerCase()).update(data).digest('hex');
  return {
    hashAlgorithm,
    issuerNameHash: hash(issuer),
    // Without the octet that counts the unused bits.
    issuerKeyHash: hash(content(bitString as Buffer).subarray(1)),
    // OCPP wants it without leading zeroes.
    serialNumber: certificate.serialNumber.toLowerCase().replace(/^0+(?=.)/, ''),
  };
}

/** Where the content of a DER element begins and ends. */
function bounds(element: Buffer): { start: number; end: number } {
  const first = element[1] ?? 0;
  if (first < 0x80) return { start: 2, end: 2 + first };
  const octets = first & 0x7f;
  return { start: 2 + octets, end: 2 + octets + element.readUIntBE(2, octets) };
}

function content(element: Buffer): Buffer {
  const { start, end } = bounds(element);
  return element.subarray(start, end);
}

/** The elements inside a constructed DER element. */
function children(der: Buffer): Buffer[] {
  const elements: Buffer[] = [];
  let rest = content(der);
  while (rest.length > 0) {
    const { end } = bounds(rest);
    elements.push(rest.subarray(0, end));
    rest = rest.subarray(end);
  }
  return elements;
}
