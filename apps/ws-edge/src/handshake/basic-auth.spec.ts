import { describe, expect, it } from '@jest/globals';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { chargePoint } from '../testdata/charge-point.ts';
import { BasicAuth, type AuthAttempt } from './basic-auth.ts';
import { FailureLimiter } from './failure-limiter.ts';
import { PasswordVerifier } from './password-verifier.ts';

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

const station = (facts: Partial<ChargePointRecord>) => ({
  cpId: 'CP1',
  record: chargePoint({ cpId: 'CP1', ...facts }),
});
const locked = station({ passwordHash: 'secret', securityProfile: 1 });
const attempt = (authorization?: string, facts: Partial<AuthAttempt> = {}): AuthAttempt => ({
  identity: 'CP1',
  authorization,
  subprotocol: 'ocpp1.6',
  source: '1.1.1.1',
  ...facts,
});
const basic = (pair: string): string => `Basic ${btoa(pair)}`;

describe(BasicAuth.name, () => {
  it('lets a charger of profile 0 and an unknown one in without credentials', async () => {
    const { sut } = guard();
    expect(await sut.check(station({}), attempt())).toBeNull();
    expect(await sut.check({ cpId: 'CP1', record: null }, attempt())).toBeNull();
  });

  it('lets the right password in, with the username in any case', async () => {
    expect(await guard().sut.check(locked, attempt(basic('CP1:secret')))).toBeNull();
    expect(await guard().sut.check(locked, attempt(basic('cp1:secret')))).toBeNull();
  });

  it('demands the password of profile 0 too when one is set', async () => {
    expect(await guard().sut.check(station({ passwordHash: 'secret' }), attempt())).toMatchObject({ status: 401 });
  });

  it.each([
    [undefined, 'missing_credentials'],
    ['Bearer x', 'missing_credentials'],
    [basic('CP1:wrong'), 'wrong_credentials'],
    [basic('CP2:secret'), 'wrong_credentials'],
  ])('answers %j with 401 and a challenge', async (authorization, reason) => {
    const refusal = await guard().sut.check(locked, attempt(authorization));
    expect(refusal).toMatchObject({ status: 401, reason });
    expect(refusal?.headers).toHaveProperty('www-authenticate');
  });

  it('refuses profiles 1 and 2 while no password is set, unless the door is open to unknown chargers', async () => {
    const unset = station({ securityProfile: 1 });
    expect(await guard().sut.check(unset, attempt())).toMatchObject({ status: 401, reason: 'no_password_set' });
    expect(await guard(true).sut.check(unset, attempt())).toBeNull();
  });

  it('refuses profile 3 without a client certificate, password or not (A00.FR.002)', async () => {
    const strong = station({ securityProfile: 3, passwordHash: 'secret' });
    expect(await guard(true).sut.check(strong, attempt(basic('CP1:secret')))).toMatchObject({
      reason: 'client_certificate_required',
    });
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
    const statuses = (await Promise.all(attempts)).map((refusal) => refusal?.status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
    expect(hashed()).toBe(2);
  });

  it('never holds up a password that is known to be right', async () => {
    const { sut, hashed } = guard();
    await sut.check(locked, attempt(basic('CP1:secret')));
    for (let i = 0; i < 3; i++) await sut.check(locked, attempt(basic('CP1:wrong')));
    const before = hashed();
    expect(await sut.check(locked, attempt(basic('CP1:secret')))).toBeNull();
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
