import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { parseBasic, passwordReadings, type BasicCredentials } from './basic-credentials.ts';
import type { FailureLimiter } from './failure-limiter.ts';
import type { PasswordVerifier, Verdict } from './password-verifier.ts';
import { CHALLENGE, isRefusal, refuse, type Refusal } from './refusal.ts';

export interface BasicAttempt {
  /** As in the path, decoded. */
  identity: string;
  authorization: string | undefined;
  subprotocol: string;
  source: string;
}

/** Guard of security profiles 1 and 2: the charger knows its password (notes 2.7). */
export class BasicAuth {
  private readonly verifier: PasswordVerifier;
  private readonly limiter: FailureLimiter;
  /** Unknown chargers get in: then one whose password nobody has set yet does too. */
  private readonly openDoor: boolean;

  constructor(verifier: PasswordVerifier, limiter: FailureLimiter, openDoor: boolean) {
    this.verifier = verifier;
    this.limiter = limiter;
    this.openDoor = openDoor;
  }

  /** @returns the hash it was right by; null where none was asked for. */
  async check(record: ChargePointRecord, attempt: BasicAttempt): Promise<{ hash: string | null } | Refusal> {
    const proof = await this.examine(record, attempt);
    return isRefusal(proof) && this.openDoor && record.passwordHash === null ? { hash: null } : proof;
  }

  private async examine(record: ChargePointRecord, attempt: BasicAttempt): Promise<{ hash: string } | Refusal> {
    const hashes = passwordHashes(record);
    if (hashes.length === 0)
      return refuse(
        401,
        'no_password_set',
        `this charge point is registered for security profile ${record.securityProfile} but has no password: ` +
          'set one first, or profile 0',
        CHALLENGE,
      );
    if (attempt.identity.includes(':'))
      return refuse(400, 'malformed_identity', 'an identity with a colon cannot be used with Basic authentication');
    const credentials = parseBasic(attempt.authorization);
    if (!credentials)
      return refuse(
        401,
        'missing_credentials',
        'this charge point has a password: send Authorization: Basic <identity>:<password>',
        CHALLENGE,
      );
    return this.prove(credentials, hashes, attempt);
  }

  private async prove(
    { username, password }: BasicCredentials,
    hashes: readonly string[],
    attempt: BasicAttempt,
  ): Promise<{ hash: string } | Refusal> {
    const named = username.toLowerCase() === attempt.identity.toLowerCase();
    // Before the limiter: a charger that is known to be right is never held up by a stranger's failures.
    const known = named ? hashes.find((hash) => this.verifier.isKnown(password, hash)) : undefined;
    if (known !== undefined) return { hash: known };
    if (this.limiter.blocked(attempt.source, attempt.identity))
      return refuse(429, 'too_many_failures', 'too many failed attempts from this address; wait a minute', {
        'retry-after': '60',
      });
    this.limiter.started(attempt.source, attempt.identity);
    const { verdict, hash } = named
      ? await this.verify(password, hashes, attempt.subprotocol)
      : { verdict: 'mismatch', hash: '' };
    if (verdict === 'mismatch') {
      this.limiter.failed(attempt.source);
      return refuse(
        401,
        'wrong_credentials',
        'the username must be the identity in the URL, and the password the one set for it',
        CHALLENGE,
      );
    }
    this.limiter.succeeded(attempt.source, attempt.identity);
    return verdict === 'match'
      ? { hash }
      : refuse(503, 'auth_busy', 'too many chargers are authenticating at once; try again in a moment', {
          'retry-after': '5',
        });
  }

  private async verify(
    password: Buffer,
    hashes: readonly string[],
    subprotocol: string,
  ): Promise<{ verdict: Verdict; hash: string }> {
    const readings = passwordReadings(password, subprotocol);
    for (const hash of hashes) {
      const verdict = await this.verifier.verify(password, readings, hash);
      if (verdict !== 'mismatch') return { verdict, hash };
    }
    return { verdict: 'mismatch', hash: '' };
  }
}

/** The password it has, and the one it was given and has not used yet: both are good until it does. */
function passwordHashes({ passwordHash, offeredPasswordHash }: ChargePointRecord): string[] {
  return [passwordHash, offeredPasswordHash].filter((hash) => hash !== null);
}
