import type { Authorization } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import { authorize } from './authorize.ts';

const facts = { cpId: 'CP-1', now: new Date('2026-03-01T10:00:00Z') };
const answer = (idToken: Authorization) => authorize.decide({ idTag: 'TAG' }, { ...facts, idToken }).reply;

describe('Authorize', () => {
  it('asks about the tag as it was sent', () => {
    expect(authorize.lookups({ idTag: 'aBc' }, facts)).toEqual({ idToken: { idToken: 'aBc' } });
  });

  it.each(['', 'x'.repeat(21)])('answers Invalid to "%s", no IdToken of 1.6, and asks nobody (notes 4.17)', (idTag) => {
    expect(authorize.lookups({ idTag }, facts)).toEqual({ idToken: null });
    expect(authorize.decide({ idTag }, { ...facts, idToken: null }).reply).toEqual({
      idTagInfo: { status: 'Invalid' },
    });
  });

  it.each([
    ['Accepted', 'Accepted'],
    ['Blocked', 'Blocked'],
    ['ConcurrentTx', 'ConcurrentTx'],
    ['Expired', 'Expired'],
    ['Invalid', 'Invalid'],
    ['NoCredit', 'Blocked'],
    ['NotAllowedTypeEVSE', 'Invalid'],
    ['NotAtThisLocation', 'Invalid'],
    ['NotAtThisTime', 'Invalid'],
    ['Unknown', 'Invalid'],
  ] as const)('says %s in the words of 1.6: %s', (status, narrowed) => {
    expect(answer({ status })).toEqual({ idTagInfo: { status: narrowed } });
  });

  it('passes expiry and group on', () => {
    expect(answer({ status: 'Accepted', expiresAt: new Date('2027-01-01'), group: { idToken: 'FLEET' } })).toEqual({
      idTagInfo: { status: 'Accepted', expiryDate: '2027-01-01T00:00:00.000Z', parentIdTag: 'FLEET' },
    });
  });

  it('leaves out a group too long for an IdToken of 1.6', () => {
    expect(answer({ status: 'Accepted', group: { idToken: 'x'.repeat(21) } })).toEqual({
      idTagInfo: { status: 'Accepted' },
    });
  });

  it('records nothing', () => {
    expect(authorize.decide({ idTag: 'TAG' }, { ...facts, idToken: { status: 'Accepted' } }).before).toEqual([]);
  });
});
