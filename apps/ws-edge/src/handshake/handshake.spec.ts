import { describe, expect, it } from '@jest/globals';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { chargePoint } from '../testdata/charge-point.ts';
import { Availability } from './availability.ts';
import { BasicAuth } from './basic-auth.ts';
import { FailureLimiter } from './failure-limiter.ts';
import { Handshake, type UpgradeRequest } from './handshake.ts';
import { KnownStations } from './known-station.ts';
import { PasswordVerifier } from './password-verifier.ts';

function ladder(options: {
  find?: (cpId: string) => Promise<ChargePointRecord | null>;
  compare?: () => Promise<boolean>;
  timeoutMs?: number;
}) {
  const now = (): number => 0;
  const availability = new Availability();
  const stations = new KnownStations({
    find: options.find ?? ((cpId) => Promise.resolve(chargePoint({ cpId }))),
    allowUnknown: false,
    cacheTtlMs: 0,
    now,
  });
  const verifier = new PasswordVerifier({
    compare: options.compare ?? (() => Promise.resolve(true)),
    concurrency: 1,
    queueLimit: 1,
    cacheTtlMs: 0,
    now,
  });
  const limiter = new FailureLimiter({ windowMs: 1, perIdentity: 1, perSource: 1 }, now);
  const sut = new Handshake(
    { pathPrefix: '', subprotocols: { mismatch: 'reject', assumeOcpp16: false }, timeoutMs: options.timeoutMs ?? 1000 },
    availability,
    stations,
    new BasicAuth(verifier, limiter, false),
  );
  return { sut, availability };
}

const request = (facts: Partial<UpgradeRequest> = {}): UpgradeRequest => ({
  target: '/CP1',
  subprotocols: 'ocpp1.6',
  authorization: undefined,
  source: '1.1.1.1',
  ...facts,
});

describe(Handshake.name, () => {
  it('admits a known charger in the version it prefers', async () => {
    const { sut } = ladder({});
    expect(await sut.decide(request({ subprotocols: 'ocpp2.0.1,ocpp1.6' }))).toMatchObject({
      station: { cpId: 'CP1' },
      subprotocol: 'ocpp2.0.1',
    });
  });

  it.each([
    ['path', { target: '/' }, 400, 'malformed_path'],
    ['subprotocol', { subprotocols: 'mqtt' }, 400, 'unsupported_subprotocol'],
    ['identity', { target: '/a%2Fb' }, 400, 'malformed_identity'],
    ['identity in 2.x', { target: `/${'x'.repeat(49)}`, subprotocols: 'ocpp2.0.1' }, 400, 'malformed_identity'],
  ])('refuses a bad %s', async (_what, facts, status, reason) => {
    expect(await ladder({}).sut.decide(request(facts))).toMatchObject({ status, reason });
  });

  it('refuses with 503 once closed, before it asks anybody', async () => {
    const { sut, availability } = ladder({ find: () => Promise.reject(new Error('asked')) });
    availability.close();
    expect(await sut.decide(request())).toMatchObject({ status: 503, reason: 'draining' });
  });

  it('refuses with 503 what was closed while the password was checked', async () => {
    const { sut, availability } = ladder({
      find: (cpId) => Promise.resolve(chargePoint({ cpId, passwordHash: 'h' })),
      compare: () => {
        availability.close();
        return Promise.resolve(true);
      },
    });
    const decision = await sut.decide(request({ authorization: `Basic ${btoa('CP1:secret')}` }));
    expect(decision).toMatchObject({ status: 503, reason: 'draining' });
  });

  it('fails closed when a guard throws', async () => {
    const { sut } = ladder({
      find: (cpId) => Promise.resolve(chargePoint({ cpId, passwordHash: 'h' })),
      compare: () => Promise.reject(new Error('broken hash')),
    });
    const decision = await sut.decide(request({ authorization: `Basic ${btoa('CP1:secret')}` }));
    expect(decision).toMatchObject({ status: 503, reason: 'dependency_away' });
  });

  it('gives up in time', async () => {
    const { sut } = ladder({ find: () => new Promise(() => undefined), timeoutMs: 20 });
    expect(await sut.decide(request())).toMatchObject({ status: 503, reason: 'timeout' });
  });
});
