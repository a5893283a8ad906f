import type { ChargePointRecord, UsedOffer } from '@ocpp-gw/persistence';
import type { BasicAttempt, BasicAuth } from './basic-auth.ts';
import { checkClientCertificate } from './client-certificate.ts';
import type { Station } from './known-station.ts';
import { CHALLENGE, isRefusal, refuse, type Refusal } from './refusal.ts';
import type { Transport } from './transport.ts';

export interface AuthAttempt extends BasicAttempt, Transport {}

const NONE = 0;
const BASIC = 1;
const MUTUAL_TLS = 3;

/**
 * Guard: the charge point connects with its security profile and no other (A00.FR.002; notes 2.7). One that is being
 * moved to another profile may use either until it has used the new one (TC_083_CSMS).
 */
export class SecurityProfiles {
  constructor(
    private readonly basic: BasicAuth,
    /** Whether unknown charge points are accepted; then one that was never configured is accepted with any profile. */
    private readonly allowUnknown: boolean,
  ) {}

  /** @returns the new password or profile that the charge point used */
  async check({ record }: Station, attempt: AuthAttempt): Promise<UsedOffer | Refusal> {
    if (!record) return {};
    const used = await this.tryAll(record, attempt);
    return isRefusal(used) && this.allowUnknown && isUntouched(record) ? {} : used;
  }

  private async tryAll(record: ChargePointRecord, attempt: AuthAttempt): Promise<UsedOffer | Refusal> {
    let refusal = wrongTransport(record.securityProfile, attempt);
    for (const profile of profilesOf(record)) {
      if (!fits(profile, attempt)) continue;
      const used = await this.prove(profile, record, attempt);
      if (!isRefusal(used))
        return profile === record.offeredSecurityProfile ? { ...used, securityProfile: profile } : used;
      refusal = used;
    }
    return refusal;
  }

  private async prove(profile: number, record: ChargePointRecord, attempt: AuthAttempt): Promise<UsedOffer | Refusal> {
    if (profile === NONE) return {};
    if (profile === MUTUAL_TLS) return checkClientCertificate(record, attempt.clientCertificate) ?? {};
    const proof = await this.basic.check(record, attempt);
    if (isRefusal(proof)) return proof;
    const { hash } = proof;
    return hash !== null && hash === record.offeredPasswordHash ? { passwordHash: hash } : {};
  }
}

/** Whether the charge point was registered only by its own boot, and nobody has configured it since. */
function isUntouched({ securityProfile, passwordHash, offeredSecurityProfile }: ChargePointRecord): boolean {
  return securityProfile === BASIC && passwordHash === null && offeredSecurityProfile === null;
}

/** Profiles from the strongest, so that the strongest one that fits is chosen. */
function profilesOf({ securityProfile, offeredSecurityProfile }: ChargePointRecord): number[] {
  return [...new Set([securityProfile, offeredSecurityProfile ?? securityProfile])].sort((a, b) => b - a);
}

/** Profile 0 needs nothing. Basic over TLS is profile 2 and not profile 1. */
function fits(profile: number, { tls }: Transport): boolean {
  return profile === NONE || tls === profile > BASIC;
}

function wrongTransport(profile: number, { tls }: Transport): Refusal {
  return refuse(
    401,
    'wrong_security_profile',
    tls
      ? `this charge point is registered for security profile ${profile}, which is without TLS: connect to ws://, or set ` +
          'its profile to 2'
      : `this charge point is registered for security profile ${profile}: connect with TLS, to wss://`,
    CHALLENGE,
  );
}
