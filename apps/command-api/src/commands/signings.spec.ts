import { describe, expect, it, jest } from '@jest/globals';
import type { CertificateSigningRecord } from '@ocpp-gw/persistence';
import { openSignings, type SigningUse } from './signings.ts';

const OWN = 'ChargingStationCertificate';

type Mirror = Parameters<typeof openSignings>[0];

const signing = (
  state: CertificateSigningRecord['state'],
  publicKey: string,
  certificateType: string | null = null,
): CertificateSigningRecord => ({
  id: '1',
  csr: 'csr',
  state,
  publicKey,
  certificateType,
  commonName: null,
  refusal: null,
  certificateChain: null,
  requestedAt: new Date(0),
  settledAt: null,
});

const latest = (use: SigningUse, ...signings: CertificateSigningRecord[]) =>
  openSignings({
    certificateSignings: jest.fn<Mirror['certificateSignings']>().mockResolvedValue(signings),
  }).latestOpen('CP-1', use);

describe('openSignings', () => {
  it('finds the newest request that waits for its answer', async () => {
    const found = await latest(OWN, signing('refused', 'a'), signing('requested', 'b'), signing('requested', 'c'));
    expect(found?.publicKey).toBe('b');
  });

  it('finds none where all are settled', async () => {
    expect(await latest(OWN, signing('accepted', 'a'), signing('rejected', 'b'))).toBeNull();
    expect(await latest(OWN)).toBeNull();
  });

  it.each<[string, SigningUse, string]>([
    ['the station itself, which a request without a use is for', OWN, 'own'],
    ['ISO 15118', 'V2GCertificate', 'v2g'],
  ])('keeps the requests of each use apart: %s', async (_, use, expected) => {
    const found = await latest(use, signing('requested', 'v2g', 'V2GCertificate'), signing('requested', 'own'));
    expect(found?.publicKey).toBe(expected);
    expect(await latest(use, signing('requested', 'x', use === OWN ? 'V2GCertificate' : OWN))).toBeNull();
  });
});
