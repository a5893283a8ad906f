import { describe, expect, it } from '@jest/globals';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { chargePoint } from '../testdata/charge-point.ts';
import { verifierFor } from '../testdata/verifier.ts';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { BasicAuth } from './basic-auth.ts';
import { FailureLimiter } from './failure-limiter.ts';
import { isRefusal } from './refusal.ts';
import { SecurityProfiles, type AuthAttempt } from './security-profile.ts';

function guard(allowUnknown = false): SecurityProfiles {
  const now = (): number => 0;
  const limiter = new FailureLimiter({ windowMs: 1000, perIdentity: 99, perSource: 99 }, now);
  return new SecurityProfiles(new BasicAuth(verifierFor(), limiter, allowUnknown), allowUnknown);
}

const basic = (password: string): Partial<AuthAttempt> => ({ authorization: `Basic ${btoa(`CP1:${password}`)}` });
const certificate = (commonName: string, fault: string | null = null): Partial<AuthAttempt> => ({
  tls: true,
  clientCertificate: { commonName, fault },
});

const WAYS = {
  'plain, nothing': {},
  'plain, Basic': basic('secret'),
  'TLS, nothing': { tls: true },
  'TLS, Basic': { tls: true, ...basic('secret') },
  'TLS, certificate': certificate('CP1'),
  'TLS, certificate of another': certificate('CP2'),
  'TLS, certificate of another, Basic': { ...certificate('CP2'), ...basic('secret') },
} satisfies Record<string, Partial<AuthAttempt>>;

type Way = keyof typeof WAYS;

async function outcome(
  facts: Partial<ChargePointRecord> | null,
  way: Partial<AuthAttempt>,
  allowUnknown = false,
): Promise<unknown> {
  const record = facts && chargePoint({ cpId: 'CP1', ...facts });
  const attempt: AuthAttempt = {
    identity: 'CP1',
    authorization: undefined,
    dialect: ocpp16.dialect,
    source: '1.1.1.1',
    tls: false,
    clientCertificate: null,
    signal: new AbortController().signal,
    ...way,
  };
  const used = await guard(allowUnknown).check({ cpId: 'CP1', record }, attempt);
  return isRefusal(used) ? used.reason : used;
}

describe(SecurityProfiles.name, () => {
  const passwordHash = 'secret';
  const wrong = 'wrong_security_profile';

  it.each<[number, Way, unknown]>([
    [0, 'plain, nothing', {}],
    [0, 'plain, Basic', {}],
    [0, 'TLS, nothing', {}],
    [1, 'plain, nothing', 'missing_credentials'],
    [1, 'plain, Basic', {}],
    [1, 'TLS, Basic', wrong],
    [1, 'TLS, certificate', wrong],
    [2, 'plain, Basic', wrong],
    [2, 'TLS, nothing', 'missing_credentials'],
    [2, 'TLS, Basic', {}],
    [2, 'TLS, certificate', 'missing_credentials'],
    [2, 'TLS, certificate of another, Basic', {}],
    [3, 'plain, Basic', wrong],
    [3, 'TLS, Basic', 'client_certificate_required'],
    [3, 'TLS, certificate', {}],
    [3, 'TLS, certificate of another', 'client_certificate_invalid'],
  ])('answers a charger of profile %i that comes by %s with %j (A00.FR.002)', async (profile, way, expected) => {
    expect(await outcome({ securityProfile: profile, passwordHash }, WAYS[way])).toEqual(expected);
  });

  it('refuses a certificate that is not valid for the CA', async () => {
    const way = certificate('CP1', 'CERT_HAS_EXPIRED');
    expect(await outcome({ securityProfile: 3 }, way)).toBe('client_certificate_invalid');
  });

  it.each<[number, number, Way, unknown]>([
    [0, 1, 'plain, nothing', {}],
    [0, 1, 'plain, Basic', { securityProfile: 1 }],
    [1, 2, 'plain, Basic', {}],
    [1, 2, 'TLS, Basic', { securityProfile: 2 }],
    [1, 2, 'TLS, nothing', 'missing_credentials'],
    [1, 2, 'plain, nothing', 'missing_credentials'],
    [2, 3, 'TLS, Basic', {}],
    [2, 3, 'TLS, certificate', { securityProfile: 3 }],
    [2, 3, 'TLS, certificate of another, Basic', {}],
    [2, 3, 'TLS, certificate of another', 'missing_credentials'],
    [2, 3, 'plain, Basic', wrong],
    [3, 2, 'TLS, certificate', {}],
    [3, 2, 'TLS, Basic', { securityProfile: 2 }],
    [2, 2, 'TLS, Basic', { securityProfile: 2 }],
  ])('moving from profile %i to %i it comes by %s: %j (TC_083_CSMS)', async (profile, offered, way, expected) => {
    const facts = { securityProfile: profile, offeredSecurityProfile: offered, passwordHash };
    expect(await outcome(facts, WAYS[way])).toEqual(expected);
  });

  it('tells that the offered password was used, and the offered profile with it', async () => {
    const moving = { securityProfile: 1, passwordHash: 'old', offeredPasswordHash: 'new' };
    expect(await outcome(moving, basic('old'))).toEqual({});
    expect(await outcome(moving, basic('new'))).toEqual({ passwordHash: 'new' });
    expect(await outcome({ ...moving, offeredSecurityProfile: 2 }, { tls: true, ...basic('new') })).toEqual({
      passwordHash: 'new',
      securityProfile: 2,
    });
  });

  it('lets an unknown charger in however it comes: the register call decides', async () => {
    for (const way of Object.values(WAYS)) expect(await outcome(null, way)).toEqual({});
  });

  it.each<[Partial<ChargePointRecord>, Way, unknown]>([
    [{ securityProfile: 1 }, 'plain, nothing', {}],
    [{ securityProfile: 1 }, 'TLS, nothing', {}],
    [{ securityProfile: 1, offeredPasswordHash: 'secret' }, 'plain, nothing', {}],
    [{ securityProfile: 1, offeredPasswordHash: 'secret' }, 'plain, Basic', { passwordHash: 'secret' }],
    [{ securityProfile: 1, offeredPasswordHash: 'secret' }, 'TLS, Basic', {}],
    [{ securityProfile: 1, offeredSecurityProfile: 2 }, 'TLS, nothing', { securityProfile: 2 }],
    [{ securityProfile: 2 }, 'TLS, nothing', {}],
    [{ securityProfile: 2 }, 'plain, nothing', wrong],
    [{ securityProfile: 1, passwordHash }, 'plain, nothing', 'missing_credentials'],
    [{ securityProfile: 1, passwordHash }, 'TLS, Basic', wrong],
    [{ securityProfile: 3 }, 'TLS, nothing', 'client_certificate_required'],
  ])('answers %j where unknown chargers may connect, by %s, with %j', async (facts, way, expected) => {
    expect(await outcome(facts, WAYS[way], true)).toEqual(expected);
  });

  it('lets nobody in who is registered without a password where unknown chargers may not connect', async () => {
    expect(await outcome({ securityProfile: 1 }, {})).toBe('no_password_set');
    expect(await outcome({ securityProfile: 2 }, { tls: true })).toBe('no_password_set');
  });
});
