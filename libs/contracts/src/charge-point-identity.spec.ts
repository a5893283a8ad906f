import { describe, expect, it } from '@jest/globals';
import { identityFault } from './charge-point-identity.ts';

describe('identityFault', () => {
  it.each(['CP1', 'RDAM 123', 'Ladesäule#7', 'AA:BB:CC:DD:EE:FF', 'a:b', '...', '.CP', '*', 'x'.repeat(255)])(
    'F24 finds none in %j',
    (identity) => {
      expect(identityFault(identity)).toBeNull();
    },
  );

  it.each([
    ['', 'must not be blank'],
    [' ', 'must not be blank'],
    ['\u00a0', 'must not be blank'],
    ['x'.repeat(256), 'must have no more than 255 characters'],
    ['a/b', 'must hold no slash and no control character'],
    ['a\u0000', 'must hold no slash and no control character'],
    ['a\nb', 'must hold no slash and no control character'],
    ['a\u202eb', 'must hold no slash and no control character'],
    ['a\u2028b', 'must hold no slash and no control character'],
    ['a\ud800b', 'must hold no slash and no control character'],
    ['.', 'must not be one or two dots'],
    ['..', 'must not be one or two dots'],
  ])('F24 says of %j that it %s', (identity, fault) => {
    expect(identityFault(identity)).toBe(fault);
  });
});
