import { FairTurns, type FairTurnsOptions } from '../handshake/fair-turns.ts';
import { PasswordVerifier, type PasswordVerifierOptions } from '../handshake/password-verifier.ts';

/** A verifier to which the hash of a password is the password itself, unless it is given another. */
export function verifierFor({
  concurrency = 1,
  queueLimit = 10,
  ...options
}: Partial<FairTurnsOptions & Omit<PasswordVerifierOptions, 'turns'>> = {}): PasswordVerifier {
  return new PasswordVerifier({
    compare: (password, hash) => Promise.resolve(password.toString() === hash),
    turns: new FairTurns({ concurrency, queueLimit }),
    proofs: null,
    proofSecret: '',
    cacheTtlMs: 1000,
    now: () => 0,
    ...options,
  });
}
