import { describe, expect, it } from '@jest/globals';
import { sourceAddress, sourceGroup } from './source-address.ts';

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

describe('sourceGroup', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::1.2.3.4', '64:ff9b:0:0::/64'],
    ['unknown', 'unknown'],
  ])('S2 takes %s for %s', (address, group) => {
    expect(sourceGroup(address)).toBe(group);
  });
});
