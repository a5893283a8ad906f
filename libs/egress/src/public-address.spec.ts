import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPublicAddress, literalAddress } from './public-address.ts';

describe('isPublicAddress', () => {
  it.each([
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.167.1.1',
    '100.63.0.1',
    '::ffff:1.1.1.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('takes %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::',
    '::1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '::1.1.1.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    'fec0::1',
    // Assigned to nobody.
    '1fff::1',
    '4000::1',
    '5f00::1',
    '2001::1',
    '2002:7f00:1::',
    '2001:db8::1',
    '3fff::1',
    '0:0:0:0:0:FFFF:0A00:0001',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('refuses an IPv4-mapped address exactly where it refuses the IPv4 address', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
      }),
    );
  });

  it('refuses every IPv6 address beyond 2000::/3', () => {
    const hextet = fc.integer({ min: 0, max: 0xffff });
    const beyond = fc.integer({ min: 1, max: 0xffff }).filter((first) => first >> 13 !== 1);
    fc.assert(
      fc.property(beyond, fc.array(hextet, { minLength: 7, maxLength: 7 }), (first, rest) => {
        const address = [first, ...rest].map((part) => part.toString(16)).join(':');
        expect(isPublicAddress(address)).toBe(false);
      }),
    );
  });

  it('refuses what is no address', () => {
    expect(isPublicAddress('example.com')).toBe(false);
  });
});

describe('literalAddress', () => {
  it.each([
    ['http://[::1]:80/x', '::1'],
    ['http://127.0.0.1/', '127.0.0.1'],
    // What URLs make of addresses in disguise.
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://017700000001/', '127.0.0.1'],
    ['http://[::ffff:10.0.0.1]/', '::ffff:a00:1'],
    ['https://example.com/', undefined],
  ])('finds in %s the address %s', (url, address) => {
    expect(literalAddress(new URL(url).hostname)).toBe(address);
  });
});
