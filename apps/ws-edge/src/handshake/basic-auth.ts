import { identityKey } from '@ocpp-gw/contracts';
import type { Dialect } from '@ocpp-gw/ocpp-j';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { randomInt } from 'node:crypto';
import { parseBasic, type BasicCredentials } from './basic-credentials.ts';
import type { Attempt, FailureLimiter } from './failure-limiter.ts';
import type { PasswordVerifier, Question, Verdict } from './password-verifier.ts';
import { abandoned, CHALLENGE, isRefusal, refuse, type Refusal } from './refusal.ts';
import { sourceGroup } from './source-address.ts';

/** Spread of Retry-After in seconds, so that charge points that were refused together do not come back together. */
const COME_AGAIN_S = [2, 11] as const;

export interface BasicAttempt {
  /** The identity from the path, decoded. */
  identity: string;
  authorization: string | undefined;
  dialect: Pick<Dialect, 'passwordReadings'>;
  source: string;
  /** Aborted when the charge point is gone, or was refused because it took too long. */
  signal: AbortSignal;
}

/** Guard of security profiles 1 and 2: checks that the charge point sends its password (notes 2.7). */
export class BasicAuth {
  constructor(
    private readonly verifier: PasswordVerifier,
    private readonly limiter: FailureLimiter,
    /** Whether unknown charge points are accepted; then one without a password is accepted too. */
    private readonly allowUnknown: boolean,
  ) {}

  /** @returns the hash that the password matched; null when no password was needed */
  async check(record: ChargePointRecord, attempt: BasicAttempt): Promise<{ hash: string | null } | Refusal> {
    const proof = await this.examine(record, attempt);
    return isRefusal(proof) && this.allowUnknown && record.passwordHash === null ? { hash: null } : proof;
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
    const credentials = parseBasic(attempt.authorization, attempt.identity);
    if (!credentials)
      return refuse(
        401,
        'missing_credentials',
        'this charge point has a password: send Authorization: Basic <identity>:<password>',
        CHALLENGE,
      );
    return this.prove(credentials, record.cpId, hashes, attempt);
  }

  private async prove(
    { username, password }: BasicCredentials,
    cpId: string,
    hashes: readonly string[],
    attempt: BasicAttempt,
  ): Promise<{ hash: string } | Refusal> {
    const { identity, dialect, signal } = attempt;
    const source = sourceGroup(attempt.source);
    if (identityKey(username) !== identityKey(identity)) return this.wrong(source, identity);
    const question: Question = {
      cpId,
      password,
      dialect,
      hashes,
      source,
      rank: this.limiter.rank(source),
      exhausted: () => this.limiter.exhausted(source, identity),
      signal,
    };
    // This comes before the limiter, so that failures of a stranger never delay a charge point with a verified
    // password.
    const hash = this.verifier.known(question) ?? (await this.verifier.recall(question));
    if (hash !== undefined) return { hash };
    // Repeated tries of one charge point join the one that waits, so they count once.
    const same = this.verifier.join(question);
    if (same) return this.refusalOf(await same, source, identity, null);
    if (this.verifier.isKnownWrong(question)) return this.wrong(source, identity);
    const counted = this.limiter.begin(source, identity);
    if (!counted) return tooManyFailures();
    try {
      return this.refusalOf(await this.verifier.verify(question), source, identity, counted);
    } catch (error) {
      counted.dropped();
      throw error;
    }
  }

  /** Handles a wrong password for which nothing was hashed. */
  private wrong(source: string, identity: string): Refusal {
    const counted = this.limiter.begin(source, identity);
    if (!counted) return tooManyFailures();
    counted.failed();
    return wrongCredentials();
  }

  private refusalOf(
    result: Verdict,
    source: string,
    identity: string,
    counted: Attempt | null,
  ): { hash: string } | Refusal {
    switch (result.verdict) {
      case 'match':
        counted?.succeeded();
        return { hash: result.hash };
      case 'mismatch':
        if (counted) counted.failed();
        else this.limiter.failed(source, identity);
        return wrongCredentials();
      case 'gone':
        counted?.dropped();
        return abandoned();
      case 'exhausted':
        counted?.dropped();
        return tooManyFailures();
      case 'busy':
        counted?.dropped();
        // A source that fills the queue with guesses gets 429. A fleet that comes back all at once does not.
        return this.limiter.rank(source) === 2 ? tooManyFailures() : busy();
    }
  }
}

function wrongCredentials(): Refusal {
  return refuse(
    401,
    'wrong_credentials',
    'the username must be the identity in the URL, and the password the one set for it',
    CHALLENGE,
  );
}

function tooManyFailures(): Refusal {
  return refuse(429, 'too_many_failures', 'too many failed attempts from this address; wait a minute', {
    'retry-after': '60',
  });
}

function busy(): Refusal {
  return refuse(503, 'auth_busy', 'too many chargers are authenticating at once; try again in a moment', {
    'retry-after': String(randomInt(...COME_AGAIN_S)),
  });
}

/**
 * The hashes of the current password and of a new one that was sent and not used yet. Both are valid until it is used.
 */
function passwordHashes({ passwordHash, offeredPasswordHash }: ChargePointRecord): string[] {
  return [passwordHash, offeredPasswordHash].filter((hash) => hash !== null);
}
