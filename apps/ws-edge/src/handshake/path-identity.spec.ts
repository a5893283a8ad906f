import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';
import { checkIdentity, identityFromPath } from './path-identity.ts';

describe('identityFromPath', () => {
  it.each([
    ['/CP1', '', 'CP1'],
    ['/CP1?token=x', '', 'CP1'],
    ['/RDAM%20123', '', 'RDAM 123'],
    ['/RDAM%7C123', '', 'RDAM|123'],
    ['/a%2520b', '', 'a%20b'],
    ['/caf%C3%A9', '', 'café'],
    ['/ocpp/v1/CP1', '/ocpp/v1', 'CP1'],
  ])('reads %s under prefix %j as %j (OCPP-J 1.6 §3.1.1)', (target, prefix, identity) => {
    expect(identityFromPath(target, prefix)).toEqual({ identity, isOdd: false });
  });

  it.each([
    ['/ocpp/CP1', 'CP1'],
    ['//CP1', 'CP1'],
    ['/ws://csms.example:9000/CP_1/SERIAL', 'SERIAL'],
    ['ws://csms.example/CP1', 'CP1'],
    ['/ocpp/CP1/?x=/y/', 'CP1'],
  ])('finds the identity at the end of %s, and says that the path is odd (notes 4.12)', (target, identity) => {
    expect(identityFromPath(target, '')).toEqual({ identity, isOdd: true });
  });

  it.each([
    ['/', '', 400, 'malformed_path'],
    ['///', '', 400, 'malformed_path'],
    ['/?CP1', '', 400, 'malformed_path'],
    ['', '', 400, 'malformed_path'],
    ['/%', '', 400, 'malformed_identity'],
    ['/%zz', '', 400, 'malformed_identity'],
    ['/%C3', '', 400, 'malformed_identity'],
    ['/ocpp/', '/ocpp', 400, 'malformed_path'],
    ['/ocpp', '/ocpp', 400, 'malformed_path'],
    ['//ocpp//', '/ocpp', 400, 'malformed_path'],
    ['/CP1', '/ocpp', 404, 'malformed_path'],
    ['/other/CP1', '/ocpp', 404, 'malformed_path'],
    ['/ocpp/x/CP1', '/ocpp', 404, 'malformed_path'],
  ])('refuses %s under prefix %j with %i', (target, prefix, status, reason) => {
    expect(identityFromPath(target, prefix)).toMatchObject({ refused: true, status, reason });
  });

  it.each([
    ['/CP1/', '', 'CP1'],
    ['/CP1//', '', 'CP1'],
    ['/CP1/?token=x', '', 'CP1'],
    ['/ocpp/CP1/', '/ocpp', 'CP1'],
    ['/ocpp//CP1', '/ocpp', 'CP1'],
    ['//ocpp/CP1', '/ocpp', 'CP1'],
    ['/ocpp//v1///CP1//', '/ocpp/v1', 'CP1'],
  ])('F23 takes %s under prefix %j for %s, and says that the path is odd', (target, prefix, identity) => {
    expect(identityFromPath(target, prefix)).toEqual({ identity, isOdd: true });
  });

  it('F23 reads a path that is all slashes in no time', () => {
    const startedAt = performance.now();
    expect(identityFromPath(`/${'/'.repeat(1_000_000)}x`, '')).toEqual({ identity: 'x', isOdd: true });
    expect(identityFromPath(`/${'/'.repeat(1_000_000)}x`, '/ocpp')).toMatchObject({ status: 404 });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('gives back any identity that was percent-encoded once', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (identity) => {
        expect(identityFromPath(`/${encodeURIComponent(identity)}`, '')).toEqual({ identity, isOdd: false });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (target, prefix) => {
        expect(identityFromPath(target, prefix)).toBeDefined();
      }),
    );
  });
});

describe('checkIdentity', () => {
  it.each([
    ['CP 1', ocpp16],
    ['Ladesäule#7', ocpp16],
    ['x'.repeat(255), ocpp16],
    ['aZ09*-_=:+|@.', ocpp201],
    ['RDAM 123', ocpp201],
    ['AA:BB:CC:DD:EE:FF', ocpp16],
    ['AA:BB:CC:DD:EE:FF', ocpp201],
    ['x'.repeat(48), ocpp201],
  ] as const)('allows %j in $dialect.subprotocol', (identity, { dialect }) => {
    expect(checkIdentity(identity, dialect)).toBeNull();
  });

  it.each([
    ['a/b', ocpp16],
    ['a\u0000b', ocpp16],
    ['a\nb', ocpp16],
    ['a\u202eb', ocpp16],
    ['a\u2028b', ocpp16],
    ['x'.repeat(256), ocpp16],
    ['.', ocpp16],
    ['..', ocpp201],
    [' ', ocpp16],
    ['x'.repeat(49), ocpp201],
    ['ä', ocpp201],
    ['a#b', ocpp201],
  ] as const)('refuses %j in $dialect.subprotocol', (identity, { dialect }) => {
    expect(checkIdentity(identity, dialect)).toMatchObject({ status: 400, reason: 'malformed_identity' });
  });
});
