import { describe, expect, it } from '@jest/globals';
import type { LookupAddress, LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { guardedLookup, type Resolve } from './guarded-lookup.ts';

const PUBLIC: LookupAddress = { address: '1.1.1.1', family: 4 };
const PUBLIC6: LookupAddress = { address: '2606:4700::1111', family: 6 };
const PRIVATE: LookupAddress = { address: '10.0.0.1', family: 4 };

const guarded = (allowPrivate: boolean, resolve: Resolve): LookupFunction =>
  guardedLookup({ allowPrivate, resolve, refused: (host, address) => new Error(`refused ${host} at ${address}`) });

const ask = (sut: LookupFunction, options: LookupOptions = { all: true }): Promise<unknown> =>
  new Promise((resolve, reject) => {
    sut('host.example', options, (error, address, family) => {
      if (error) reject(error);
      else resolve(options.all ? address : [address, family]);
    });
  });

const answering =
  (...addresses: LookupAddress[]) =>
  () =>
    Promise.resolve(addresses);

describe('guardedLookup', () => {
  it('gives out public addresses', async () => {
    expect(await ask(guarded(false, answering(PUBLIC, PUBLIC6)))).toEqual([PUBLIC, PUBLIC6]);
  });

  it('leaves private ones out', async () => {
    expect(await ask(guarded(false, answering(PRIVATE, PUBLIC)))).toEqual([PUBLIC]);
  });

  it('refuses a name that has private ones only', async () => {
    await expect(ask(guarded(false, answering(PRIVATE)))).rejects.toThrow('refused host.example at 10.0.0.1');
  });

  it('gives private ones out where they are allowed', async () => {
    expect(await ask(guarded(true, answering(PRIVATE)))).toEqual([PRIVATE]);
  });

  it('gives one address of the family asked for', async () => {
    expect(await ask(guarded(false, answering(PUBLIC, PUBLIC6)), { family: 6 })).toEqual([PUBLIC6.address, 6]);
  });

  it('refuses a name that has private ones only of the family asked for', async () => {
    const asked = ask(guarded(false, answering(PRIVATE, PUBLIC6)), { family: 4 });
    await expect(asked).rejects.toThrow('refused host.example at 10.0.0.1');
  });

  it.each([true, false])('fails where no address is of the family asked for, private ones allowed: %s', async (may) => {
    await expect(ask(guarded(may, answering(PUBLIC)), { family: 6, all: true })).rejects.toThrow(
      'host.example has no address',
    );
  });

  it('passes on that there is no such name', async () => {
    const sut = guarded(false, () => Promise.reject(new Error('getaddrinfo ENOTFOUND')));
    await expect(ask(sut)).rejects.toThrow('ENOTFOUND');
  });

  it('asks for a name once at a time, and anew later', async () => {
    let questions = 0;
    const sut = guarded(false, () => {
      questions += 1;
      return Promise.resolve([PUBLIC]);
    });
    await Promise.all([ask(sut), ask(sut), ask(sut)]);
    expect(questions).toBe(1);
    await ask(sut);
    expect(questions).toBe(2);
  });
});
