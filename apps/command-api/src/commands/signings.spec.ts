import { describe, expect, it, jest } from '@jest/globals';
import type { CertificateSigningRecord } from '@ocpp-gw/persistence';
import { openSignings } from './signings.ts';

type Mirror = Parameters<typeof openSignings>[0];

const signing = (state: CertificateSigningRecord['state'], publicKey: string): CertificateSigningRecord => ({
  id: '1',
  csr: 'csr',
  state,
  publicKey,
  commonName: null,
  refusal: null,
  certificateChain: null,
  requestedAt: new Date(0),
  settledAt: null,
});

const latest = (...signings: CertificateSigningRecord[]) =>
  openSignings({
    certificateSignings: jest.fn<Mirror['certificateSignings']>().mockResolvedValue(signings),
  }).latestOpen('CP-1');

describe('openSignings', () => {
  it('finds the newest request that waits for its answer', async () => {
    const found = await latest(signing('refused', 'a'), signing('requested', 'b'), signing('requested', 'c'));
    expect(found?.publicKey).toBe('b');
  });

  it('finds none where all are settled', async () => {
    expect(await latest(signing('accepted', 'a'), signing('rejected', 'b'))).toBeNull();
    expect(await latest()).toBeNull();
  });
});
