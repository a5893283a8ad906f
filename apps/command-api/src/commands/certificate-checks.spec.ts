import { beforeAll, describe, expect, it } from '@jest/globals';
import { issue, makeCa, type Authority, type Issued } from '@ocpp-gw/testing';
import { X509Certificate } from 'node:crypto';
import { checkCertificateChain, checkRootCertificate, checkSigningCertificate } from './certificate-checks.ts';
import { CHECKS } from './checks.ts';
import type { SigningUse } from './signings.ts';

const now = new Date();
const muchLater = new Date(now.getTime() + 20 * 365 * 86_400_000);
let root: Authority;
let other: Authority;
let own: Issued;

beforeAll(async () => {
  root = await makeCa({ cn: 'root' });
  other = await makeCa({ cn: 'other' });
  own = await issue({ ca: root, cn: 'CP-1' });
});

const messages = (faults: { pointer?: string; message: string }[]): string[] => faults.map(({ message }) => message);
const signingFor = (pem: string): { publicKey: string } => ({
  publicKey: new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'pem' }).toString(),
});

describe('a root certificate to install', () => {
  it('passes when it is one valid CA', () => {
    expect(checkRootCertificate(root.cert, now)).toEqual([]);
  });

  it.each<[string, () => string, RegExp]>([
    ['no PEM', () => 'MIIB', /must be PEM/],
    ['a key beside it', () => root.cert + root.key, /nothing but PEM certificates/],
    ['what is no certificate', () => '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', /cannot be read/],
    ['a chain', () => own.cert + root.cert, /one certificate/],
    ['what is no CA', () => own.cert, /not a CA/],
  ])('is refused for %s', (_, pem, message) => {
    const faults = checkRootCertificate(pem(), now);
    expect(faults).toEqual([{ pointer: '/certificate', message: expect.stringMatching(message) }]);
  });

  it('is refused once it has expired', () => {
    expect(messages(checkRootCertificate(root.cert, muchLater))).toEqual([expect.stringMatching(/^has expired on 20/)]);
  });
});

describe('a certificate that signs firmware', () => {
  it('passes when it is one valid certificate', () => {
    expect(checkSigningCertificate(own.cert, now)).toEqual([]);
  });

  it('is refused once it has expired', () => {
    const faults = checkSigningCertificate(own.cert, muchLater);
    expect(faults).toEqual([{ pointer: '/signing_certificate', message: expect.stringMatching(/^has expired/) }]);
  });
});

describe('the certificate of a charge point', () => {
  const check = (pem: string, signing: { publicKey: string | null } | null = null, at = now) =>
    messages(checkCertificateChain(pem, { now: at, signing }));

  it('passes alone and with its chain, for the key of the request that waits', () => {
    expect(check(own.cert)).toEqual([]);
    expect(check(own.cert + root.cert, signingFor(own.cert))).toEqual([]);
    expect(check(own.cert, { publicKey: null })).toEqual([]);
  });

  it('is refused for another key than that of the request', async () => {
    const another = await issue({ ca: root, cn: 'CP-1' });
    expect(check(another.cert, signingFor(own.cert))).toEqual([expect.stringMatching(/for another key/)]);
  });

  it.each<[SigningUse | undefined, SigningUse]>([
    [undefined, 'ChargingStationCertificate'],
    ['ChargingStationCertificate', 'ChargingStationCertificate'],
    ['V2GCertificate', 'V2GCertificate'],
  ])('asked for as %s is compared with the request for a %s alone', async (certificateType, open) => {
    const faultsWhenOpen = (use: string) =>
      CHECKS.CertificateSigned?.(
        { kind: 'CertificateSigned', certificateChain: own.cert, certificateType },
        { now, openSigning: async (asked) => (asked === use ? signingFor(root.cert) : null) },
      );
    expect(await faultsWhenOpen(open)).toEqual([
      { pointer: '/certificate_chain', message: expect.stringMatching(/for another key/) },
    ]);
    const another = open === 'V2GCertificate' ? 'ChargingStationCertificate' : 'V2GCertificate';
    expect(await faultsWhenOpen(another)).toEqual([]);
  });

  it('is refused when the chain is of another root, or in another order', () => {
    expect(check(own.cert + other.cert)).toEqual([expect.stringMatching(/^certificate 1 is not signed by the next/)]);
    expect(check(root.cert + own.cert)).toEqual([expect.stringMatching(/^certificate 1 is not signed by the next/)]);
  });

  it('is refused with a key that is too short', async () => {
    const short = await issue({ ca: root, cn: 'CP-1', key: 'rsa1024' });
    expect(check(short.cert)).toEqual([expect.stringMatching(/less than 2048 bits/)]);
    const long = await issue({ ca: root, cn: 'CP-1', key: 'rsa2048' });
    expect(check(long.cert)).toEqual([]);
  });

  it('is refused once it or what signed it has expired, each by its place', () => {
    expect(check(own.cert + root.cert, null, muchLater)).toEqual([
      expect.stringMatching(/^certificate 1 has expired/),
      expect.stringMatching(/^certificate 2 has expired/),
    ]);
  });

  it('is refused when it is no PEM', () => {
    expect(check('')).toEqual([expect.stringMatching(/must be PEM/)]);
  });
});
