import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { createResponderAgent, isPublicAddress } from './responder-agent.ts';

describe('isPublicAddress', () => {
  it.each(['1.1.1.1', '172.15.0.1', '172.32.0.1', '100.63.0.1', '2606:4700::1111', '2a00:1450::1'])(
    'takes %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
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
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'example.com',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('refuses every IPv4 address in IPv6 clothes', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => expect(isPublicAddress(`::ffff:${address}`)).toBe(false)));
  });
});

describe('createResponderAgent', () => {
  async function get(host: string, allowPrivate: boolean, addresses: string[]): Promise<number> {
    const server = createServer((_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const dispatcher = createResponderAgent({
      allowPrivate,
      timeoutMs: 1000,
      resolve: () => Promise.resolve(addresses.map((address) => ({ address, family: 4 }))),
    });
    try {
      return (await request(`http://${host}:${port}/`, { dispatcher })).statusCode;
    } finally {
      await dispatcher.destroy();
      server.close();
    }
  }

  it.each(['ocsp.example', '127.0.0.1', '[::1]', '2130706433', '0x7f.1'])('does not connect to %s', async (host) => {
    await expect(get(host, false, ['127.0.0.1', '10.0.0.1'])).rejects.toThrow('no public address');
  });

  it('connects there where it may', async () => {
    expect(await get('ocsp.example', true, ['127.0.0.1'])).toBe(200);
    expect(await get('127.0.0.1', true, [])).toBe(200);
  });
});
