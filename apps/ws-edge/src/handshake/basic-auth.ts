import { parseBasic, passwordReadings } from './basic-credentials.ts';
import type { FailureLimiter } from './failure-limiter.ts';
import type { Station } from './known-station.ts';
import type { PasswordVerifier } from './password-verifier.ts';
import { refuse, type Refusal } from './refusal.ts';

const MUTUAL_TLS = 3;
const CHALLENGE = { 'www-authenticate': 'Basic realm="OCPP", charset="UTF-8"' };

export interface AuthAttempt {
  /** As in the path, decoded. */
  identity: string;
  authorization: string | undefined;
  subprotocol: string;
  source: string;
}

/** Guard: the charger proves itself as its security profile demands (notes 2.7). */
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

  async check(station: Station, attempt: AuthAttempt): Promise<Refusal | null> {
    const profile = station.record?.securityProfile ?? 0;
    const hash = station.record?.passwordHash ?? null;
    // A00.FR.002: whoever is registered for a profile must not get in with a weaker one.
    if (profile >= MUTUAL_TLS)
      return refuse(
        401,
        'client_certificate_required',
        'this charge point is registered for security profile 3: connect with its client certificate',
        CHALLENGE,
      );
    if (hash === null) {
      if (profile === 0 || this.openDoor) return null;
      return refuse(
        401,
        'no_password_set',
        `this charge point is registered for security profile ${profile} but has no password: set one first, or profile 0`,
        CHALLENGE,
      );
    }
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
    return this.prove(credentials, hash, attempt);
  }

  private async prove(
    credentials: { username: string; password: Buffer },
    hash: string,
    attempt: AuthAttempt,
  ): Promise<Refusal | null> {
    const { username, password } = credentials;
    const wrong = refuse(
      401,
      'wrong_credentials',
      'the username must be the identity in the URL, and the password the one set for it',
      CHALLENGE,
    );
    const named = username.toLowerCase() === attempt.identity.toLowerCase();
    // Before the limiter: a charger that is known to be right is never held up by a stranger's failures.
    if (named && this.verifier.isKnown(password, hash)) return null;
    if (this.limiter.blocked(attempt.source, attempt.identity))
      return refuse(429, 'too_many_failures', 'too many failed attempts from this address; wait a minute', {
        'retry-after': '60',
      });
    this.limiter.started(attempt.source, attempt.identity);
    const verdict = named
      ? await this.verifier.verify(password, passwordReadings(password, attempt.subprotocol), hash)
      : 'mismatch';
    if (verdict === 'mismatch') {
      this.limiter.failed(attempt.source);
      return wrong;
    }
    this.limiter.succeeded(attempt.source, attempt.identity);
    return verdict === 'match'
      ? null
      : refuse(503, 'auth_busy', 'too many chargers are authenticating at once; try again in a moment', {
          'retry-after': '5',
        });
  }
}
