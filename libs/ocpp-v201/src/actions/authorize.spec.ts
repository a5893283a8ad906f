import type { Authorization } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { authorize } from './authorize.ts';

const facts = { cpId: 'CS-1', now: new Date('2026-03-01T10:00:00Z') };
const request = { idToken: { idToken: 'aBc', type: 'ISO14443' as const } };
const answer = (idToken: Authorization) => authorize.decide(request, { ...facts, idToken }).reply;

describe('Authorize', () => {
  it('asks about the token as it was sent, with its type', () => {
    expect(authorize.lookups(request, facts)).toEqual({ idToken: { idToken: 'aBc', type: 'ISO14443' } });
  });

  it.each([
    'Accepted',
    'Blocked',
    'ConcurrentTx',
    'Expired',
    'Invalid',
    'NoCredit',
    'NotAllowedTypeEVSE',
    'NotAtThisLocation',
    'NotAtThisTime',
    'Unknown',
  ] as const)('passes %s on (C01)', (status) => {
    expect(answer({ status })).toEqual({ idTokenInfo: { status } });
  });

  it('passes expiry and group on', () => {
    const group = { idToken: 'FLEET', type: 'ISO15693' };
    expect(answer({ status: 'Accepted', expiresAt: new Date('2027-01-01'), group })).toEqual({
      idTokenInfo: { status: 'Accepted', cacheExpiryDateTime: '2027-01-01T00:00:00.000Z', groupIdToken: group },
    });
  });

  it.each([undefined, 'Nonsense'])('takes a group of type %s for one of the CSMS', (type) => {
    expect(answer({ status: 'Accepted', group: { idToken: 'FLEET', type } }).idTokenInfo.groupIdToken).toEqual({
      idToken: 'FLEET',
      type: 'Central',
    });
  });

  it('leaves out a group too long for an idToken', () => {
    expect(answer({ status: 'Accepted', group: { idToken: 'x'.repeat(37) } })).toEqual({
      idTokenInfo: { status: 'Accepted' },
    });
  });
});
