import { identityKey } from '@ocpp-gw/contracts';
import type { Dialect } from '@ocpp-gw/ocpp-j';
import { createHmac, randomBytes } from 'node:crypto';
import { formOf, type PasswordForm } from './basic-credentials.ts';
import { ExpiringCache } from './expiring-cache.ts';
import type { FairTurns } from './fair-turns.ts';
import { proofOf, provenBy, type Proven } from './password-proof.ts';
import { SharedWork } from './shared-work.ts';

const CACHE_LIMIT = 100_000;
/** A charge point that is configured wrongly tries the same password again and again, so the result is cached. */
const WRONG_LIMIT = 10_000;
const WRONG_TTL_MS = 60_000;
/** How long the proof of one charge point is cached, so that a flood at one identity asks Redis once. */
const FETCHED_TTL_MS = 1_000;

/** Proofs of verified passwords, shared by all pods. Never rejects, because without a proof the password is hashed. */
export interface PasswordProofs {
  find(cpId: string): Promise<string | null>;
  keep(cpId: string, proof: string): void;
}

export interface PasswordVerifierOptions {
  /** The asynchronous compare of bcrypt, which runs on the threads of libuv and not on the event loop. */
  compare: (password: Buffer, hash: string) => Promise<boolean>;
  turns: FairTurns;
  proofs: PasswordProofs | null;
  /** Secret that is part of the key of proofs; when it is empty the stored hash alone is the key. */
  proofSecret: string;
  cacheTtlMs: number;
  now: () => number;
}

export interface Question {
  cpId: string;
  /** The password as it was received. */
  password: Buffer;
  dialect: Pick<Dialect, 'passwordReadings'>;
  /** The hashes stored for the charge point. Any of them may match. */
  hashes: readonly string[];
  /** The source, which gets a fair share of the hashing. */
  source: string;
  /** Rank of the source; higher ranks are served later. */
  rank: number;
  /** Checked when its turn comes: whether it is too late by then. */
  exhausted: () => boolean;
  /** Aborted when nobody waits for the result any more. */
  signal: AbortSignal;
}

/** `busy`: the queue is full. `gone`: nobody waited for it any more. `exhausted`: see {@link Question}. */
export type Verdict = { verdict: 'match'; hash: string } | { verdict: 'mismatch' | 'busy' | 'gone' | 'exhausted' };

/** Checks passwords against bcrypt hashes in such a way that nobody can stall the pod with them. */
export class PasswordVerifier {
  private readonly verified: ExpiringCache<true>;
  private readonly wrong: ExpiringCache<true>;
  /** The form of the password that matched a stored hash. */
  private readonly forms: ExpiringCache<PasswordForm>;
  private readonly fetched: ExpiringCache<Promise<string | null>>;
  private readonly running = new SharedWork<Verdict>();
  /** A random key of this process, so that cache keys reveal no password and mean nothing elsewhere. */
  private readonly cacheSecret = randomBytes(32);

  constructor(private readonly options: PasswordVerifierOptions) {
    this.verified = new ExpiringCache(CACHE_LIMIT, options.now);
    this.wrong = new ExpiringCache(WRONG_LIMIT, options.now);
    this.forms = new ExpiringCache(CACHE_LIMIT, options.now);
    this.fetched = new ExpiringCache(CACHE_LIMIT, options.now);
  }

  /** The hash by which this password was recently verified in this process. A changed hash has another key. */
  known({ password, hashes }: Pick<Question, 'password' | 'hashes'>): string | undefined {
    return hashes.find((hash) => this.verified.get(this.cacheKey(password, [hash])) === true);
  }

  /** Whether this password was recently found wrong. */
  isKnownWrong({ password, hashes }: Pick<Question, 'password' | 'hashes'>): boolean {
    return this.wrong.get(this.cacheKey(password, hashes)) === true;
  }

  /** The hash by which any pod has verified this password before. */
  async recall({
    cpId,
    password,
    hashes,
  }: Pick<Question, 'cpId' | 'password' | 'hashes'>): Promise<string | undefined> {
    const { proofs, proofSecret } = this.options;
    if (!proofs) return undefined;
    const proof = await this.fetch(cpId, proofs);
    const proven = proof === null ? null : provenBy(proof, password, hashes, proofSecret);
    if (!proven) return undefined;
    this.remember(cpId, password, proven);
    return proven.hash;
  }

  /** The same check if it is already running; joining it costs nothing. */
  join(question: Question): Promise<Verdict> | null {
    return this.running.join(this.questionKey(question), question.signal);
  }

  /** Hashes the possible readings of the password, likeliest first, one for each turn. */
  verify(question: Question): Promise<Verdict> {
    return this.running.begin(this.questionKey(question), question.signal, (signal) => this.hash(question, signal));
  }

  private async hash(question: Question, signal: AbortSignal): Promise<Verdict> {
    const { turns, compare } = this.options;
    const { cpId, password, hashes, source, rank, exhausted } = question;
    for (const { reading, hash } of this.candidates(question)) {
      const turn = await turns.take(source, rank, signal);
      if (turn !== 'mine') return { verdict: turn };
      try {
        if (exhausted()) return { verdict: 'exhausted' };
        if (!(await compare(reading, hash))) continue;
        this.remember(cpId, password, { hash, form: formOf(reading) });
        return { verdict: 'match', hash };
      } finally {
        turns.done();
      }
    }
    this.wrong.set(this.cacheKey(password, hashes), true, WRONG_TTL_MS);
    return { verdict: 'mismatch' };
  }

  /** Tries all hashes with the likeliest reading and then with the next, so that a right password is found early. */
  private candidates({ password, dialect, hashes }: Question): { reading: Buffer; hash: string }[] {
    return dialect
      .passwordReadings(password)
      .flatMap((reading) =>
        hashes
          .filter((hash) => (this.forms.get(hash) ?? formOf(reading)) === formOf(reading))
          .map((hash) => ({ reading, hash })),
      );
  }

  private remember(cpId: string, password: Buffer, proven: Proven): void {
    const { proofs, proofSecret, cacheTtlMs } = this.options;
    this.verified.set(this.cacheKey(password, [proven.hash]), true, cacheTtlMs);
    this.forms.set(proven.hash, proven.form, cacheTtlMs);
    if (!proofs) return;
    const proof = proofOf(password, proven, proofSecret);
    this.fetched.set(identityKey(cpId), Promise.resolve(proof), FETCHED_TTL_MS);
    proofs.keep(cpId, proof);
  }

  private fetch(cpId: string, proofs: PasswordProofs): Promise<string | null> {
    const key = identityKey(cpId);
    const fetched = this.fetched.get(key) ?? proofs.find(cpId);
    this.fetched.set(key, fetched, FETCHED_TTL_MS);
    return fetched;
  }

  private questionKey({ source, password, hashes }: Question): string {
    return `${source}\n${this.cacheKey(password, hashes)}`;
  }

  private cacheKey(password: Buffer, hashes: readonly string[]): string {
    const key = createHmac('sha256', this.cacheSecret);
    for (const hash of hashes) key.update(hash).update('\0');
    return key.update(password).digest('base64');
  }
}
