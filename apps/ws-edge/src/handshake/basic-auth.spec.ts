import { describe, expect, it } from '@jest/globals';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { chargePoint } from '../testdata/charge-point.ts';
import { verifierFor } from '../testdata/verifier.ts';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { BasicAuth, type BasicAttempt } from './basic-auth.ts';
import { FailureLimiter } from './failure-limiter.ts';
import type { Refusal } from './refusal.ts';

function guard(allowUnknown = false, queueLimit = 10): { sut: BasicAuth; hashed: () => number; release: () => void } {
  let hashed = 0;
  const gates: (() => void)[] = [];
  const verifier = verifierFor({
    compare: async (password, stored) => {
      hashed += 1;
      if (password.toString().startsWith('slow')) await new Promise<void>((resolve) => gates.push(resolve));
      return password.toString() === stored;
    },
    concurrency: queueLimit === 0 ? 0 : 1,
    queueLimit,
  });
  const limiter = new FailureLimiter({ windowMs: 1000, perIdentity: 2, perSource: 100 }, () => 0);
  const release = (): void => gates.splice(0).forEach((open) => open());
  return { sut: new BasicAuth(verifier, limiter, allowUnknown), hashed: () => hashed, release };
}

const station = (facts: Partial<ChargePointRecord>): ChargePointRecord => chargePoint({ cpId: 'CP1', ...facts });
const locked = station({ passwordHash: 'secret', securityProfile: 1 });
const attempt = (authorization?: string, facts: Partial<BasicAttempt> = {}): BasicAttempt => ({
  identity: 'CP1',
  authorization,
  dialect: ocpp16.dialect,
  source: '1.1.1.1',
  signal: new AbortController().signal,
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
    for (const allowUnknown of [true, false])
      expect(await guard(allowUnknown).sut.check(first, attempt(basic('CP1:new')))).toEqual({ hash: 'new' });
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

  it('refuses everybody while no password is set, unless unknown chargers may connect', async () => {
    const unset = station({ securityProfile: 1 });
    expect(await guard().sut.check(unset, attempt())).toMatchObject({ status: 401, reason: 'no_password_set' });
    expect(await guard(true).sut.check(unset, attempt())).toEqual({ hash: null });
  });

  it('F24 takes an identity with a colon as any other', async () => {
    const { sut } = guard();
    const colon = { identity: 'a:b' };
    expect(await sut.check(locked, attempt(basic('a:b:secret'), colon))).toEqual({ hash: 'secret' });
    expect(await sut.check(locked, attempt(basic('a:secret'), colon))).toMatchObject({ reason: 'wrong_credentials' });
  });

  it('stops asking bcrypt after repeated failures, and answers 429', async () => {
    const { sut, hashed } = guard();
    for (let i = 0; i < 2; i++) await sut.check(locked, attempt(basic(`CP1:wrong-${i}`)));
    expect(await sut.check(locked, attempt(basic('CP1:wrong')))).toMatchObject({ status: 429 });
    expect(hashed()).toBe(2);
  });

  it('S2 hashes a wrong password once, and counts each time it comes', async () => {
    const { sut, hashed } = guard();
    const statuses = [];
    for (let i = 0; i < 3; i++)
      statuses.push(((await sut.check(locked, attempt(basic('CP1:wrong')))) as Refusal).status);
    expect(statuses).toEqual([401, 401, 429]);
    expect(hashed()).toBe(1);
  });

  it('counts attempts that run at the same time', async () => {
    const { sut, hashed } = guard();
    const attempts = Array.from({ length: 5 }, (_, n) => sut.check(locked, attempt(basic(`CP1:wrong-${n}`))));
    const statuses = (await Promise.all(attempts)).map((refusal) => (refusal as Refusal).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
    expect(hashed()).toBe(2);
  });

  it('S2 never answers 429 to a good charger for its own tries that wait', async () => {
    const { sut, hashed, release } = guard();
    const other = station({ cpId: 'CP2', passwordHash: 'x', securityProfile: 1 });
    const ahead = sut.check(other, attempt(basic('CP2:slow'), { identity: 'CP2', source: '2.2.2.2' }));
    const tries = Array.from({ length: 20 }, () => sut.check(locked, attempt(basic('CP1:secret'))));
    await new Promise((resolve) => setImmediate(resolve));
    release();
    await ahead;
    expect(await Promise.all(tries)).toEqual(Array.from({ length: 20 }, () => ({ hash: 'secret' })));
    expect(hashed()).toBe(2);
  });

  it('S2 lets busy neither count as a failure nor clear the count of failures', async () => {
    const { sut, release } = guard(false, 1);
    const slow = (identity: string, source: string): ReturnType<BasicAuth['check']> =>
      sut.check(locked, attempt(basic(`${identity}:slow-${identity}`), { identity, source }));
    await sut.check(locked, attempt(basic('CP1:wrong')));
    const filling = [slow('A', '2.2.2.2'), slow('B', '3.3.3.3')];
    await new Promise((resolve) => setImmediate(resolve));
    for (let i = 0; i < 10; i++)
      expect(await sut.check(locked, attempt(basic(`CP1:busy-${i}`)))).toMatchObject({ reason: 'auth_busy' });
    release();
    await filling[0];
    release();
    await filling[1];
    expect(await sut.check(locked, attempt(basic('CP1:wrong-2')))).toMatchObject({ status: 401 });
    expect(await sut.check(locked, attempt(basic('CP1:wrong-3')))).toMatchObject({ status: 429 });
  });

  it('S2 answers 429 where a source that fails fills the line, and takes its place for another', async () => {
    const { sut, release } = guard(false, 1);
    const as = (identity: string, password: string, source = '6.6.6.6'): ReturnType<BasicAuth['check']> =>
      sut.check(locked, attempt(basic(`${identity}:${password}`), { identity, source }));
    for (const identity of ['X', 'Y', 'Z']) await as(identity, 'wrong');
    const [running, waiting] = [as('A', 'slow-a'), as('B', 'slow-b')];
    await new Promise((resolve) => setImmediate(resolve));
    expect(await as('C', 'any')).toMatchObject({ status: 429 });
    const good = as('D', 'secret', '1.1.1.1');
    expect(await waiting).toMatchObject({ status: 429 });
    release();
    expect(await good).toEqual({ hash: 'secret' });
    expect(await running).toMatchObject({ status: 401 });
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
