import { describe, expect, it } from '@jest/globals';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { chargePoint } from '../testdata/charge-point.ts';
import { BasicAuth, type BasicAttempt } from './basic-auth.ts';
import { FailureLimiter } from './failure-limiter.ts';
import { PasswordVerifier } from './password-verifier.ts';
import type { Refusal } from './refusal.ts';

function guard(openDoor = false, queueLimit = 10): { sut: BasicAuth; hashed: () => number } {
  let hashed = 0;
  const verifier = new PasswordVerifier({
    compare: (password, stored) => {
      hashed += 1;
      return Promise.resolve(password.toString() === stored);
    },
    concurrency: queueLimit === 0 ? 0 : 1,
    queueLimit,
    cacheTtlMs: 1000,
    now: () => 0,
  });
  const limiter = new FailureLimiter({ windowMs: 1000, perIdentity: 2, perSource: 100 }, () => 0);
  return { sut: new BasicAuth(verifier, limiter, openDoor), hashed: () => hashed };
}

const station = (facts: Partial<ChargePointRecord>): ChargePointRecord => chargePoint({ cpId: 'CP1', ...facts });
const locked = station({ passwordHash: 'secret', securityProfile: 1 });
const attempt = (authorization?: string, facts: Partial<BasicAttempt> = {}): BasicAttempt => ({
  identity: 'CP1',
  authorization,
  subprotocol: 'ocpp1.6',
  source: '1.1.1.1',
  ...facts,
});
const basic = (pair: string): string => `Basic ${btoa(pair)}`;

describe(BasicAuth.name, () => {
  it('lets the right password in, with the username in any case', async () => {
    expect(await guard().sut.check(locked, attempt(basic('CP1:secret')))).toEqual({ hash: 'secret' });
    expect(await guard().sut.check(locked, attempt(basic('cp1:secret')))).toEqual({ hash: 'secret' });
  });

  it('lets the password it was given in beside the one it has, and tells which it was (notes 2.7)', async () => {
    const { sut, hashed } = guard();
    const moving = station({ passwordHash: 'old', offeredPasswordHash: 'new', securityProfile: 1 });
    for (const password of ['old', 'new', 'new'])
      expect(await sut.check(moving, attempt(basic(`CP1:${password}`)))).toEqual({ hash: password });
    expect(hashed()).toBe(3);
    expect(await sut.check(moving, attempt(basic('CP1:other')))).toMatchObject({ reason: 'wrong_credentials' });
  });

  it('lets the password it was given in where it had none', async () => {
    const first = station({ offeredPasswordHash: 'new', securityProfile: 1 });
    for (const openDoor of [true, false])
      expect(await guard(openDoor).sut.check(first, attempt(basic('CP1:new')))).toEqual({ hash: 'new' });
    expect(await guard().sut.check(first, attempt())).toMatchObject({ reason: 'missing_credentials' });
    expect(await guard(true).sut.check(first, attempt())).toEqual({ hash: null });
  });

  it.each([
    [undefined, 'missing_credentials'],
    ['Bearer x', 'missing_credentials'],
    [basic('CP1:wrong'), 'wrong_credentials'],
    [basic('CP2:secret'), 'wrong_credentials'],
  ])('answers %j with 401 and a challenge', async (authorization, reason) => {
    const refusal = (await guard().sut.check(locked, attempt(authorization))) as Refusal;
    expect(refusal).toMatchObject({ status: 401, reason });
    expect(refusal.headers).toHaveProperty('www-authenticate');
  });

  it('refuses everybody while no password is set, unless the door is open to unknown chargers', async () => {
    const unset = station({ securityProfile: 1 });
    expect(await guard().sut.check(unset, attempt())).toMatchObject({ status: 401, reason: 'no_password_set' });
    expect(await guard(true).sut.check(unset, attempt())).toEqual({ hash: null });
  });

  it('refuses an identity with a colon', async () => {
    const { sut } = guard();
    expect(await sut.check(locked, attempt(basic('a:secret'), { identity: 'a:b' }))).toMatchObject({ status: 400 });
  });

  it('stops asking bcrypt after repeated failures, and answers 429', async () => {
    const { sut, hashed } = guard();
    for (let i = 0; i < 2; i++) await sut.check(locked, attempt(basic('CP1:wrong')));
    expect(await sut.check(locked, attempt(basic('CP1:wrong')))).toMatchObject({ status: 429 });
    expect(hashed()).toBe(2);
  });

  it('counts attempts that run at the same time', async () => {
    const { sut, hashed } = guard();
    const attempts = Array.from({ length: 5 }, () => sut.check(locked, attempt(basic('CP1:wrong'))));
    const statuses = (await Promise.all(attempts)).map((refusal) => (refusal as Refusal).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
    expect(hashed()).toBe(2);
  });

  it('never holds up a password that is known to be right', async () => {
    const { sut, hashed } = guard();
    await sut.check(locked, attempt(basic('CP1:secret')));
    for (let i = 0; i < 3; i++) await sut.check(locked, attempt(basic('CP1:wrong')));
    const before = hashed();
    expect(await sut.check(locked, attempt(basic('CP1:secret')))).toEqual({ hash: 'secret' });
    expect(hashed()).toBe(before);
  });

  it('counts wrong usernames as failures without hashing', async () => {
    const { sut, hashed } = guard();
    for (let i = 0; i < 2; i++) await sut.check(locked, attempt(basic('CP2:secret')));
    expect(await sut.check(locked, attempt(basic('CP2:secret')))).toMatchObject({ status: 429 });
    expect(hashed()).toBe(0);
  });

  it('answers 503 when too many are being verified', async () => {
    expect(await guard(false, 0).sut.check(locked, attempt(basic('CP1:secret')))).toMatchObject({
      status: 503,
      reason: 'auth_busy',
    });
  });
});
