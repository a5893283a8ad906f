import type { Dialect } from '@ocpp-gw/ocpp-j';
import { createHmac, randomBytes } from 'node:crypto';
import { formOf, type PasswordForm } from './basic-credentials.ts';
import { ExpiringCache } from './expiring-cache.ts';
import type { FairTurns } from './fair-turns.ts';
import { proofOf, provenBy, type Proven } from './password-proof.ts';
import { SharedWork } from './shared-work.ts';

const CACHE_LIMIT = 100_000;
/** A charger that is set up wrongly comes again and again with the same password. */
const WRONG_LIMIT = 10_000;
const WRONG_TTL_MS = 60_000;
/** Of one charger's proof, so that a flood at one identity asks Redis once. */
const FETCHED_TTL_MS = 1_000;

/** Proofs of verified passwords, shared by all pods. Never rejects: without them a password is hashed. */
export interface PasswordProofs {
  find(cpId: string): Promise<string | null>;
  keep(cpId: string, proof: string): void;
}

export interface PasswordVerifierOptions {
  /** bcrypt's asynchronous compare: it runs on libuv's threads, never on the event loop. */
  compare: (password: Buffer, hash: string) => Promise<boolean>;
  turns: FairTurns;
  proofs: PasswordProofs | null;
  /** Enters the proofs' key; empty: the stored hash alone is the key. */
  proofSecret: string;
  cacheTtlMs: number;
  now: () => number;
}

export interface Question {
  cpId: string;
  /** As received. */
  password: Buffer;
  dialect: Pick<Dialect, 'passwordReadings'>;
  /** Those stored for the charger; any of them may be its own. */
  hashes: readonly string[];
  /** Who shares a fair part of the hashing. */
  source: string;
  /** How late the source is served. */
  rank: number;
  /** Asked when its turn comes: whether it is too late by then. */
  exhausted: () => boolean;
  /** Aborted: nobody waits for the verdict any more. */
  signal: AbortSignal;
}

/** `busy`: no place to wait. `gone`: nobody waited for it any more. `exhausted`: see {@link Question}. */
export type Verdict = { verdict: 'match'; hash: string } | { verdict: 'mismatch' | 'busy' | 'gone' | 'exhausted' };

/** Checks passwords against bcrypt hashes without ever becoming a way to stall the edge. */
export class PasswordVerifier {
  private readonly verified: ExpiringCache<true>;
  private readonly wrong: ExpiringCache<true>;
  /** By stored hash, once a reading of that form has matched it. */
  private readonly forms: ExpiringCache<PasswordForm>;
  private readonly fetched: ExpiringCache<Promise<string | null>>;
  private readonly running = new SharedWork<Verdict>();
  private readonly options: PasswordVerifierOptions;
  /** Of this process only: a memory dump yields no password, and cache keys mean nothing elsewhere. */
  private readonly cacheSecret = randomBytes(32);

  constructor(options: PasswordVerifierOptions) {
    this.options = options;
    this.verified = new ExpiringCache(CACHE_LIMIT, options.now);
    this.wrong = new ExpiringCache(WRONG_LIMIT, options.now);
    this.forms = new ExpiringCache(CACHE_LIMIT, options.now);
    this.fetched = new ExpiringCache(CACHE_LIMIT, options.now);
  }

  /** The hash by which this very password was verified lately in this process: a rotated hash has another key. */
  known({ password, hashes }: Pick<Question, 'password' | 'hashes'>): string | undefined {
    return hashes.find((hash) => this.verified.get(this.cacheKey(password, [hash])) === true);
  }

  /** Whether this very password was found wrong lately. */
  isKnownWrong({ password, hashes }: Pick<Question, 'password' | 'hashes'>): boolean {
    return this.wrong.get(this.cacheKey(password, hashes)) === true;
  }

  /** The hash by which any pod verified this very password before. */
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

  /** The same question under way already: asking once more costs nothing. */
  join(question: Question): Promise<Verdict> | null {
    return this.running.join(this.questionKey(question), question.signal);
  }

  /** Hashes what the password may mean, likeliest first, a turn each. */
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

  /** All hashes by the likeliest reading, then by the next: whoever is right is found early, by whichever hash. */
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
    this.fetched.set(cpId.toLowerCase(), Promise.resolve(proof), FETCHED_TTL_MS);
    proofs.keep(cpId, proof);
  }

  private fetch(cpId: string, proofs: PasswordProofs): Promise<string | null> {
    const key = cpId.toLowerCase();
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
