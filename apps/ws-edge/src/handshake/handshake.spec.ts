import { describe, expect, it, jest } from '@jest/globals';
import type { ChargePointRecord, UsedOffer } from '@ocpp-gw/persistence';
import { chargePoint } from '../testdata/charge-point.ts';
import { verifierFor } from '../testdata/verifier.ts';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';
import { PROTOCOLS } from '../protocols.ts';
import { AdmissionRate } from './admission-rate.ts';
import { Availability } from './availability.ts';
import { BasicAuth } from './basic-auth.ts';
import { FailureLimiter } from './failure-limiter.ts';
import { Handshake, type UpgradeRequest } from './handshake.ts';
import { KnownStations } from './known-station.ts';
import { refuse } from './refusal.ts';
import { SecurityProfiles } from './security-profile.ts';

function checks(options: {
  find?: (cpId: string) => Promise<ChargePointRecord | null>;
  promote?: (cpId: string, used: UsedOffer) => Promise<void>;
  compare?: (password: Buffer, hash: string) => Promise<boolean>;
  timeoutMs?: number;
  cacheTtlMs?: number;
  admitted?: number;
  allowUnknown?: boolean;
  heldBack?: string;
}) {
  const now = (): number => 0;
  const availability = new Availability();
  const stations = new KnownStations({
    find: options.find ?? ((cpId) => Promise.resolve(chargePoint({ cpId }))),
    promote: options.promote ?? (() => Promise.resolve()),
    allowUnknown: options.allowUnknown ?? false,
    cacheTtlMs: options.cacheTtlMs ?? 0,
    now,
  });
  const verifier = verifierFor({
    compare: options.compare ?? (() => Promise.resolve(true)),
    queueLimit: 1,
    cacheTtlMs: 0,
    now,
  });
  const limiter = new FailureLimiter({ windowMs: 1, perIdentity: 4, perSource: 4 }, now);
  const sut = new Handshake(
    {
      pathPrefix: '',
      protocols: PROTOCOLS,
      subprotocols: { mismatch: 'reject', assumeForAll: false },
      timeoutMs: options.timeoutMs ?? 30_000,
    },
    availability,
    new AdmissionRate({ perSecond: 1, burst: options.admitted ?? 1000, waitMs: () => 0, now }),
    stations,
    { check: (cpId) => (cpId === options.heldBack ? refuse(503, 'reconnects_too_often', 'wait') : null) },
    new SecurityProfiles(new BasicAuth(verifier, limiter, false), false),
  );
  return { sut, availability };
}

const request = (facts: Partial<UpgradeRequest> = {}): UpgradeRequest => ({
  target: '/CP1',
  subprotocols: 'ocpp1.6',
  authorization: undefined,
  source: '1.1.1.1',
  tls: false,
  clientCertificate: null,
  over: new AbortController(),
  ...facts,
});

const withPassword = (password: string, facts: Partial<UpgradeRequest> = {}): UpgradeRequest =>
  request({ authorization: `Basic ${btoa(`CP1:${password}`)}`, ...facts });

/** A register of one, and the hash of a password is itself. */
function register(facts: Partial<ChargePointRecord>) {
  const store = { record: chargePoint({ cpId: 'CP1', securityProfile: 1, ...facts }) };
  const find = jest.fn(() => Promise.resolve<ChargePointRecord | null>(store.record));
  const promote = (_cpId: string, { passwordHash, securityProfile }: UsedOffer): Promise<void> => {
    if (passwordHash !== undefined) store.record = { ...store.record, passwordHash, offeredPasswordHash: null };
    if (securityProfile !== undefined)
      store.record = { ...store.record, securityProfile, offeredSecurityProfile: null };
    return Promise.resolve();
  };
  const compare = (password: Buffer, hash: string): Promise<boolean> => Promise.resolve(password.toString() === hash);
  return { store, find, promote, compare };
}

describe(Handshake.name, () => {
  it('admits a known charger in the version it prefers', async () => {
    const { sut } = checks({});
    expect(await sut.decide(request({ subprotocols: 'ocpp2.0.1,ocpp1.6' }))).toMatchObject({
      station: { cpId: 'CP1' },
      protocol: ocpp201,
    });
  });

  it.each([
    ['path', { target: '/' }, 400, 'malformed_path'],
    ['subprotocol', { subprotocols: 'mqtt' }, 400, 'unsupported_subprotocol'],
    ['identity', { target: '/a%2Fb' }, 400, 'malformed_identity'],
    ['identity', { target: '/..' }, 400, 'malformed_identity'],
    ['identity', { target: '/%2e' }, 400, 'malformed_identity'],
    ['identity in 2.x', { target: `/${'x'.repeat(49)}`, subprotocols: 'ocpp2.0.1' }, 400, 'malformed_identity'],
  ])('refuses a bad %s', async (_what, facts, status, reason) => {
    expect(await checks({}).sut.decide(request(facts))).toMatchObject({ status, reason });
  });

  it('refuses with 503 once closed, before it asks anybody', async () => {
    const { sut, availability } = checks({ find: () => Promise.reject(new Error('asked')) });
    availability.close();
    expect(await sut.decide(request())).toMatchObject({ status: 503, reason: 'draining' });
  });

  it('refuses with 503 what was closed while the password was checked', async () => {
    const { sut, availability } = checks({
      find: (cpId) => Promise.resolve(chargePoint({ cpId, passwordHash: 'h', securityProfile: 1 })),
      compare: () => {
        availability.close();
        return Promise.resolve(true);
      },
    });
    const decision = await sut.decide(request({ authorization: `Basic ${btoa('CP1:secret')}` }));
    expect(decision).toMatchObject({ status: 503, reason: 'draining' });
  });

  it('turns a newcomer away without asking anybody when too many come', async () => {
    const find = jest.fn((cpId: string) => Promise.resolve(chargePoint({ cpId })));
    const { sut } = checks({ admitted: 1, find });
    expect(await sut.decide(request())).toMatchObject({ station: { cpId: 'CP1' } });
    const refusal = { status: 503, reason: 'too_many_handshakes', headers: { 'retry-after': '1' } };
    expect(await sut.decide(request({ target: '/CP2' }))).toMatchObject(refusal);
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('counts none that is refused: strangers do not keep the fleet out', async () => {
    const find = (cpId: string) => Promise.resolve(cpId === 'CP1' ? chargePoint({ cpId }) : null);
    const { sut } = checks({ admitted: 1, find });
    for (let n = 0; n < 20; n++)
      expect(await sut.decide(request({ target: `/STRANGER-${n}` }))).toMatchObject({ status: 404 });
    expect(await sut.decide(request({ target: '/a%2Fb' }))).toMatchObject({ status: 400 });
    expect(await sut.decide(request())).toMatchObject({ station: { cpId: 'CP1' } });
  });

  it('S2 keeps half of the burst for chargers that are known: strangers that are let in cannot use it up', async () => {
    const find = (cpId: string) => Promise.resolve(cpId.startsWith('CP') ? chargePoint({ cpId }) : null);
    const { sut } = checks({ admitted: 10, find, allowUnknown: true });
    const decisions = [];
    for (let n = 0; n < 50; n++) decisions.push(await sut.decide(request({ target: `/STRANGER-${n}` })));
    expect(decisions.filter((decision) => 'station' in decision)).toHaveLength(5);
    expect(decisions.at(-1)).toMatchObject({ status: 503, reason: 'too_many_handshakes' });
    for (let n = 0; n < 5; n++)
      expect(await sut.decide(request({ target: `/CP${n}` }))).toMatchObject({ station: { cpId: `CP${n}` } });
  });

  it('S2 examines nobody who is gone, and uses up no place for him', async () => {
    const find = jest.fn((cpId: string) =>
      Promise.resolve(chargePoint({ cpId, passwordHash: 'h', securityProfile: 1 })),
    );
    const compare = jest.fn(() => Promise.resolve(true));
    const { sut } = checks({ find, compare, admitted: 1 });
    const over = new AbortController();
    over.abort();
    for (let n = 0; n < 5; n++)
      expect(await sut.decide(withPassword('secret', { over }))).toMatchObject({ reason: 'abandoned' });
    expect(compare).not.toHaveBeenCalled();
    expect(await sut.decide(withPassword('secret'))).toMatchObject({ station: { cpId: 'CP1' } });
  });

  it('S2 hashes nothing for whom it kept waiting for too long', async () => {
    const gates: (() => void)[] = [];
    const compare = jest.fn(() => new Promise<boolean>((resolve) => gates.push(() => resolve(false))));
    const find = (cpId: string) => Promise.resolve(chargePoint({ cpId, passwordHash: 'h', securityProfile: 1 }));
    const { sut } = checks({ find, compare, timeoutMs: 30 });
    const decisions = await Promise.all(['a', 'b'].map((password) => sut.decide(withPassword(password))));
    expect(decisions).toMatchObject([{ reason: 'timeout' }, { reason: 'timeout' }]);
    gates.forEach((open) => open());
    await new Promise((resolve) => setImmediate(resolve));
    expect(compare).toHaveBeenCalledTimes(1);
  });

  it('S2 promotes no offered password for a charger that is gone', async () => {
    const gone = new AbortController();
    const promote = jest.fn(() => Promise.resolve());
    const { sut } = checks({
      find: (cpId) => Promise.resolve(chargePoint({ cpId, offeredPasswordHash: 'new', securityProfile: 1 })),
      promote,
      compare: () => {
        gone.abort();
        return Promise.resolve(true);
      },
    });
    expect(await sut.decide(withPassword('new', { over: gone }))).toMatchObject({ reason: 'abandoned' });
    expect(promote).not.toHaveBeenCalled();
  });

  it('F35 turns a charger away that has to wait, before its password is looked at', async () => {
    const compare = jest.fn(() => Promise.resolve(true));
    const { sut } = checks({ heldBack: 'CP1', compare });
    expect(await sut.decide(withPassword('secret'))).toMatchObject({ status: 503, reason: 'reconnects_too_often' });
    expect(compare).not.toHaveBeenCalled();
  });

  it('fails closed when a guard throws', async () => {
    const { sut } = checks({
      find: (cpId) => Promise.resolve(chargePoint({ cpId, passwordHash: 'h', securityProfile: 1 })),
      compare: () => Promise.reject(new Error('broken hash')),
    });
    const decision = await sut.decide(request({ authorization: `Basic ${btoa('CP1:secret')}` }));
    expect(decision).toMatchObject({ status: 503, reason: 'dependency_away' });
  });

  it('gives up in time', async () => {
    const { sut } = checks({ find: () => new Promise(() => undefined), timeoutMs: 20 });
    expect(await sut.decide(request())).toMatchObject({ status: 503, reason: 'timeout' });
  });
});

describe('what is offered to a charger', () => {
  it('takes the place of what it had once it is used: the old password is refused from then on (TC_073_CSMS)', async () => {
    const { sut } = checks({ ...register({ passwordHash: 'old', offeredPasswordHash: 'new' }), cacheTtlMs: 5000 });
    expect(await sut.decide(withPassword('old'))).toMatchObject({ protocol: ocpp16 });
    expect(await sut.decide(withPassword('new'))).toMatchObject({ protocol: ocpp16 });
    expect(await sut.decide(withPassword('old'))).toMatchObject({ status: 401, reason: 'wrong_credentials' });
    expect(await sut.decide(withPassword('new'))).toMatchObject({ protocol: ocpp16 });
  });

  it('takes the place of the profile it had: that is refused from then on (TC_083_CSMS)', async () => {
    const { sut } = checks(register({ passwordHash: 'p', offeredSecurityProfile: 2 }));
    expect(await sut.decide(withPassword('p'))).toMatchObject({ protocol: ocpp16 });
    expect(await sut.decide(withPassword('p', { tls: true }))).toMatchObject({ protocol: ocpp16 });
    expect(await sut.decide(withPassword('p'))).toMatchObject({ status: 401, reason: 'wrong_security_profile' });
    expect(await sut.decide(withPassword('p', { tls: true }))).toMatchObject({ protocol: ocpp16 });
  });

  it('lets nobody in by it when that cannot be written down', async () => {
    const promote = (): Promise<void> => Promise.reject(new Error('down'));
    const { sut } = checks({ ...register({ passwordHash: 'old', offeredPasswordHash: 'new' }), promote });
    expect(await sut.decide(withPassword('new'))).toMatchObject({ status: 503, reason: 'dependency_away' });
    expect(await sut.decide(withPassword('old'))).toMatchObject({ protocol: ocpp16 });
  });

  it('by another pod is known at once: a new password is refused for no cache', async () => {
    const kept = register({ passwordHash: 'old' });
    const { sut } = checks({ ...kept, cacheTtlMs: 5000 });
    await sut.decide(withPassword('old'));
    kept.store.record = { ...kept.store.record, offeredPasswordHash: 'new' };
    expect(await sut.decide(withPassword('new'))).toMatchObject({ protocol: ocpp16 });
    expect(kept.store.record).toMatchObject({ passwordHash: 'new', offeredPasswordHash: null });
  });

  it('is asked for past the cache no more often than passwords may fail', async () => {
    const kept = register({ passwordHash: 'old' });
    const { sut } = checks({ ...kept, cacheTtlMs: 5000 });
    for (let i = 0; i < 50; i++) await sut.decide(withPassword('wrong'));
    expect(await sut.decide(withPassword('wrong'))).toMatchObject({ status: 429 });
    expect(kept.find.mock.calls.length).toBeLessThanOrEqual(5);
  });
});

describe.each(['lenient', 'strict'] as const)('a charger met with %s tolerance', (tolerance) => {
  const find = (facts: Partial<ChargePointRecord> = {}) => ({
    find: (cpId: string) => Promise.resolve(chargePoint({ cpId, tolerance, ...facts })),
  });

  it(`field behaviour 11: offers no subprotocol and is taken for 1.6 where it is set so, else 400 (${tolerance})`, async () => {
    const silent = request({ subprotocols: undefined });
    expect(await checks(find({ assumeOcpp16: true })).sut.decide(silent)).toMatchObject({
      protocol: ocpp16,
      deviations: ['no-subprotocol'],
    });
    expect(await checks(find()).sut.decide(silent)).toMatchObject({ status: 400, reason: 'no_subprotocol' });
    expect(await checks(find()).sut.decide(request({ subprotocols: ',OCPP-1.6j' }))).toMatchObject({
      protocol: ocpp16,
      echo: 'OCPP-1.6j',
      deviations: ['odd-subprotocol'],
    });
    const odd = request({ subprotocols: 'ocpp1.5' });
    expect(await checks(find({ assumeOcpp16: true })).sut.decide(odd)).toMatchObject({
      status: 400,
      reason: 'unsupported_subprotocol',
    });
  });

  it.each([
    ['/ws://csms.example:9000/CP_1/SERIAL', 'SERIAL', ['odd-path']],
    ['/ocpp/CP1', 'CP1', ['odd-path']],
    ['//CP1', 'CP1', ['odd-path']],
    ['/CP1/', 'CP1', ['odd-path']],
    ['/RDAM%20123', 'RDAM 123', []],
    ['/CP1', 'CP1', []],
  ])(`field behaviour 12: connects to %s and is %s (${tolerance})`, async (target, cpId, deviations) => {
    expect(await checks(find()).sut.decide(request({ target }))).toMatchObject({ station: { cpId }, deviations });
  });
});
