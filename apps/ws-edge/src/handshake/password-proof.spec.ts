import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { proofOf, provenBy } from './password-proof.ts';

const HASH = '$2b$10$abcdefghijklmnopqrstuv';
const right = Buffer.from('correct horse battery');
const proof = proofOf(right, { hash: HASH, form: 'other' }, 'secret');

describe('the proof of a verified password', () => {
  it('S2 shows the same password to be right by the same hash, and says in which form it was', () => {
    expect(provenBy(proof, right, ['other hash', HASH], 'secret')).toEqual({ hash: HASH, form: 'other' });
  });

  it.each([
    ['another password', proof, Buffer.from('wrong'), [HASH], 'secret'],
    ['another hash: it was changed since, or belongs to another charger', proof, right, ['$2b$10$rotated'], 'secret'],
    ['no hash', proof, right, [], 'secret'],
    ['another secret', proof, right, [HASH], 'other'],
    ['another form', proof.replace('.other.', '.upper.'), right, [HASH], 'secret'],
    ['another version', proof.replace('1.', '2.'), right, [HASH], 'secret'],
    ['no proof', '', right, [HASH], 'secret'],
    ['an empty proof', '1.other.', right, [HASH], 'secret'],
  ])('S2 shows nothing with %s', (_what, given, password, hashes, secret) => {
    expect(provenBy(given, password, hashes, secret)).toBeNull();
  });

  it('S2 holds neither the password nor the hash, and cannot be made without the hash', () => {
    expect(proof).not.toContain(right.toString());
    expect(proof).not.toContain(HASH);
    fc.assert(
      fc.property(fc.string(), (anything) => {
        expect(provenBy(anything, right, [HASH], 'secret')).toBeNull();
      }),
    );
  });
});
