import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ContractCertificateQuery, OcspAnswer, OcspQuery } from '@ocpp-gw/ocpp-j';
import { issue, makeCa, makeSubCa, type Authority } from '@ocpp-gw/testing';
import { X509Certificate } from 'node:crypto';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { ContractCertificates } from './contract-certificates.ts';

const now = new Date();
const OCSP = 'http://ocsp.example/';

const WORDS: Record<string, OcspAnswer> = {
  good: { status: 'good', response: 'MII' },
  revoked: { status: 'revoked', response: 'MII' },
  unknown: { status: 'unknown', response: 'MII' },
  away: { status: 'unavailable', reason: 'away' },
};

const hash = (word: string): OcspQuery => ({
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'aa',
  issuerKeyHash: 'bb',
  serialNumber: word,
  responderUrl: OCSP,
});

let root: Authority;
let sub: Authority;

beforeAll(async () => {
  root = await makeCa({ cn: 'MO root' });
  sub = await makeSubCa({ ca: root, cn: 'MO sub' });
});

/** The responder says of a certificate what its serial number is in `words`; what is not there is good. */
function make(words: Record<string, string> = {}, anchors: readonly string[] = [root.cert]) {
  const asked: OcspQuery[] = [];
  const sut = new ContractCertificates(
    {
      ask: (query) => {
        asked.push(query);
        return Promise.resolve(WORDS[words[query.serialNumber] ?? query.serialNumber] ?? WORDS['good']!);
      },
    },
    anchors.map((cert) => new X509Certificate(cert)),
    recordingLogger(),
  );
  const check = async (query: ContractCertificateQuery) => (await sut.check('CP1', query, now)).status;
  return { check, asked };
}

const serialOf = (cert: string): string => new X509Certificate(cert).serialNumber.toLowerCase().replace(/^0+/, '');

describe(ContractCertificates.name, () => {
  it.each([
    [['good'], 'Accepted'],
    [['good', 'good', 'good', 'good'], 'Accepted'],
    [['good', 'revoked', 'away'], 'CertificateRevoked'],
    [['good', 'unknown', 'away'], 'CertChainError'],
    [['good', 'away'], 'NoCertificateAvailable'],
    [[], 'NoCertificateAvailable'],
  ])(
    'of a chain that the station has checked, whose certificates are %j, is %s (C07, TC_C_50, TC_C_51)',
    async (words, status) => {
      expect(await make().check({ hashes: words.map(hash) })).toBe(status);
    },
  );

  it('follows the chain itself where the station leaves that to us, and asks for each certificate (C07, TC_C_52)', async () => {
    const contract = await issue({ ca: sub, cn: 'DE8EVE12345678', ocspUrl: OCSP });
    const { check, asked } = make();
    expect(await check({ certificate: contract.cert + sub.cert })).toBe('Accepted');
    expect(asked).toEqual([
      expect.objectContaining({ serialNumber: serialOf(contract.cert), responderUrl: OCSP, hashAlgorithm: 'SHA256' }),
    ]);
    expect(await make({ [serialOf(contract.cert)]: 'revoked' }).check({ certificate: contract.cert + sub.cert })).toBe(
      'CertificateRevoked',
    );
  });

  it('takes a certificate that names no responder for what its chain says', async () => {
    const contract = await issue({ ca: sub, cn: 'DE8EVE12345678' });
    const { check, asked } = make();
    expect(await check({ certificate: contract.cert + sub.cert })).toBe('Accepted');
    expect(asked).toEqual([]);
  });

  it('heeds hashes beside a chain', async () => {
    const contract = await issue({ ca: sub, cn: 'DE8EVE12345678' });
    const certificate = contract.cert + sub.cert;
    expect(await make().check({ certificate, hashes: [hash('revoked')] })).toBe('CertificateRevoked');
    expect(await make().check({ certificate, hashes: [hash('good')] })).toBe('Accepted');
  });

  it('refuses a chain that leads nowhere, is expired, or is none', async () => {
    const contract = await issue({ ca: sub, cn: 'DE8EVE12345678' });
    const expired = await issue({ ca: sub, cn: 'DE8EVE12345678', notAfter: new Date(now.getTime() - 1) });
    const namesake = await makeSubCa({ ca: root, cn: 'MO sub' });
    expect(await make().check({ certificate: contract.cert })).toBe('CertChainError');
    expect(await make({}, []).check({ certificate: contract.cert + sub.cert + root.cert })).toBe('CertChainError');
    expect(await make().check({ certificate: expired.cert + sub.cert })).toBe('CertificateExpired');
    expect(await make().check({ certificate: contract.cert + namesake.cert })).toBe('SignatureError');
    for (const certificate of ['', 'certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])
      expect(await make().check({ certificate })).toBe('CertChainError');
  });
});
