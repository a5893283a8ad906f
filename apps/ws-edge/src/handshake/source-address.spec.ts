import { describe, expect, it } from '@jest/globals';
import { sourceAddress } from './source-address.ts';

describe('sourceAddress', () => {
  it.each([
    ['10.0.0.1', undefined, 0, '10.0.0.1'],
    ['10.0.0.1', '6.6.6.6', 0, '10.0.0.1'],
    ['10.0.0.1', '1.1.1.1', 1, '1.1.1.1'],
    ['10.0.0.1', '6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
    ['10.0.0.1', '6.6.6.6, 1.1.1.1, 10.0.0.2', 2, '1.1.1.1'],
    ['10.0.0.1', '1.1.1.1', 5, '1.1.1.1'],
    ['10.0.0.1', '', 1, '10.0.0.1'],
    ['10.0.0.1', ['6.6.6.6', '1.1.1.1'], 1, '1.1.1.1'],
    [undefined, undefined, 0, 'unknown'],
  ])('from %s with X-Forwarded-For %j and %i trusted hops is %s', (remote, forwarded, hops, source) => {
    expect(sourceAddress(remote, forwarded, hops)).toBe(source);
  });
});
