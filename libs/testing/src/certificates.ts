import 'reflect-metadata';
import {
  AuthorityInfoAccessExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';

const DAY_MS = 86_400_000;

const KEYS = {
  rsa1024: rsa(1024),
  rsa2048: rsa(2048),
  ec256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  ec384: { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-256' },
};

type KeyKind = keyof typeof KEYS;

const USAGES = {
  tls: [ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth],
  ocsp: [ExtendedKeyUsage.ocspSigning],
};

const AUTHORITY = [
  new BasicConstraintsExtension(true, undefined, true),
  new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
];

/** A certificate and its key, both PEM. */
export interface Issued {
  cert: string;
  key: string;
}

/** A root, or an authority below one, that issues. */
export interface Authority extends Issued {
  readonly keys: webcrypto.CryptoKeyPair;
}

export interface Subject {
  cn: string;
  /** `ec256` when absent. */
  key?: KeyKind;
  /** Organisation; the CPO's name in certificates of OCPP. */
  o?: string;
}

export interface IssueOptions extends Subject {
  ca: Authority;
  /** For server certificates: names and addresses it is good for besides localhost. */
  dns?: string[];
  /** A day from now when absent. */
  notAfter?: Date;
  /** `tls` when absent: good for either end of a TLS connection. `ocsp`: signs OCSP answers for the authority. */
  usage?: 'tls' | 'ocsp';
  /** Named by the certificate as the responder to ask for its status. */
  ocspUrl?: string;
}

/** A self-signed root. */
export async function makeCa(subject: Subject): Promise<Authority> {
  const keys = await makeKeys(subject.key);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: nameOf(subject),
    ...validity(),
    signingAlgorithm: keys.privateKey.algorithm,
    keys,
    extensions: AUTHORITY,
  });
  return { cert: certificate.toString('pem'), key: privateKeyPem(keys), keys };
}

/** An authority below the given one. */
export async function makeSubCa({ ca, notAfter, ...subject }: IssueOptions): Promise<Authority> {
  const keys = await makeKeys(subject.key);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: nameOf(subject),
    issuer: new X509Certificate(ca.cert).subjectName,
    ...validity(notAfter),
    publicKey: keys.publicKey,
    signingKey: ca.keys.privateKey,
    signingAlgorithm: ca.keys.privateKey.algorithm,
    extensions: AUTHORITY,
  });
  return { cert: certificate.toString('pem'), key: privateKeyPem(keys), keys };
}

/** A certificate of the authority. */
export async function issue({
  ca,
  dns = [],
  notAfter,
  usage = 'tls',
  ocspUrl,
  ...subject
}: IssueOptions): Promise<Issued> {
  const keys = await makeKeys(subject.key);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: nameOf(subject),
    issuer: new X509Certificate(ca.cert).subjectName,
    ...validity(notAfter),
    publicKey: keys.publicKey,
    signingKey: ca.keys.privateKey,
    signingAlgorithm: ca.keys.privateKey.algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new ExtendedKeyUsageExtension(USAGES[usage]),
      ...(ocspUrl === undefined ? [] : [new AuthorityInfoAccessExtension({ ocsp: ocspUrl })]),
      new SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        ...['localhost', ...dns].map((value) => ({ type: 'dns' as const, value })),
      ]),
    ],
  });
  return { cert: certificate.toString('pem'), key: privateKeyPem(keys) };
}

/** A PKCS#10 request as a charger sends it in SignCertificate, and the key it keeps. */
export async function makeCsr(subject: Subject): Promise<{ csr: string; key: string }> {
  const keys = await makeKeys(subject.key);
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: nameOf(subject),
    keys,
    signingAlgorithm: KEYS[subject.key ?? 'ec256'],
  });
  return { csr: request.toString('pem'), key: privateKeyPem(keys) };
}

/** The certificate that answers a signing request: its subject and its key, the authority's signature. */
export async function signCsr({ csr, ca }: { csr: string; ca: Authority }): Promise<string> {
  const request = new Pkcs10CertificateRequest(csr);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: request.subjectName,
    issuer: new X509Certificate(ca.cert).subjectName,
    ...validity(),
    publicKey: request.publicKey,
    signingKey: ca.keys.privateKey,
    signingAlgorithm: ca.keys.privateKey.algorithm,
    extensions: [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])],
  });
  return certificate.toString('pem');
}

function rsa(modulusLength: number) {
  return {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength,
    publicExponent: Uint8Array.of(1, 0, 1),
  };
}

async function makeKeys(kind: KeyKind = 'ec256'): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(KEYS[kind], true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
}

function privateKeyPem({ privateKey }: webcrypto.CryptoKeyPair): string {
  return KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function nameOf({ cn, o }: Subject): { [attribute: string]: string[] }[] {
  return [{ CN: [cn] }, ...(o === undefined ? [] : [{ O: [o] }])];
}

function validity(notAfter = new Date(Date.now() + DAY_MS)): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - 2 * DAY_MS), notAfter };
}

/** Positive, as X.509 wants it. */
function serialNumber(): string {
  return `01${randomBytes(8).toString('hex')}`;
}
