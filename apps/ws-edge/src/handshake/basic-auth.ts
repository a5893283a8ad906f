import type { Dialect } from '@ocpp-gw/ocpp-j';
import type { ChargePointRecord } from '@ocpp-gw/persistence';
import { randomInt } from 'node:crypto';
import { parseBasic, type BasicCredentials } from './basic-credentials.ts';
import type { Attempt, FailureLimiter } from './failure-limiter.ts';
import type { PasswordVerifier, Question, Verdict } from './password-verifier.ts';
import { abandoned, CHALLENGE, isRefusal, refuse, type Refusal } from './refusal.ts';
import { sourceGroup } from './source-address.ts';

/** Those who were turned away together shall not come back together, seconds. */
const COME_AGAIN_S = [2, 11] as const;

export interface BasicAttempt {
  /** As in the path, decoded. */
  identity: string;
  authorization: string | undefined;
  dialect: Pick<Dialect, 'passwordReadings'>;
  source: string;
  /** Aborted: the charger is gone, or was told that it took too long. */
  signal: AbortSignal;
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
    if (username.toLowerCase() !== identity.toLowerCase()) return this.wrong(source, identity);
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
    // Before the limiter: a charger that is known to be right is never held up by a stranger's failures.
    const hash = this.verifier.known(question) ?? (await this.verifier.recall(question));
    if (hash !== undefined) return { hash };
    // Its own tries, while the first of them waits: no reason to count it as many.
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

  /** A wrong password for which nothing was hashed. */
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
        // Who fills the line with guesses is told so; a fleet that comes back all at once is not.
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

/** The password it has, and the one it was given and has not used yet: both are good until it does. */
function passwordHashes({ passwordHash, offeredPasswordHash }: ChargePointRecord): string[] {
  return [passwordHash, offeredPasswordHash].filter((hash) => hash !== null);
}
