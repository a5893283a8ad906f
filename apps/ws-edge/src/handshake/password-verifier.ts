import { createHmac, randomBytes } from 'node:crypto';
import { ExpiringCache } from './expiring-cache.ts';

const CACHE_LIMIT = 100_000;

export interface PasswordVerifierOptions {
  /** bcrypt's asynchronous compare: it runs on libuv's threads, never on the event loop. */
  compare: (password: Buffer, hash: string) => Promise<boolean>;
  /** Hashes computed at once; below libuv's 4 threads, so that DNS and files still get one. */
  concurrency: number;
  /** Verifications that may wait; more are turned away. */
  queueLimit: number;
  cacheTtlMs: number;
  now: () => number;
}

export type Verdict = 'match' | 'mismatch' | 'busy';

/** Checks passwords against bcrypt hashes without ever becoming a way to stall the edge. */
export class PasswordVerifier {
  private readonly verified: ExpiringCache<true>;
  private readonly options: PasswordVerifierOptions;
  /** Of this process only: a memory dump yields no password, and cache keys mean nothing elsewhere. */
  private readonly cacheSecret = randomBytes(32);
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(options: PasswordVerifierOptions) {
    this.options = options;
    this.verified = new ExpiringCache(CACHE_LIMIT, options.now);
  }

  /** Whether this very password was verified lately against this very hash: a rotated hash has another key. */
  isKnown(password: Buffer, hash: string): boolean {
    return this.verified.get(this.cacheKey(password, hash)) === true;
  }

  /** Tries the readings in turn; a match is remembered for the password as it was received. */
  async verify(password: Buffer, readings: readonly Buffer[], hash: string): Promise<Verdict> {
    if (this.running >= this.options.concurrency) {
      if (this.waiting.length >= this.options.queueLimit) return 'busy';
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      for (const reading of readings) {
        if (!(await this.options.compare(reading, hash))) continue;
        this.verified.set(this.cacheKey(password, hash), true, this.options.cacheTtlMs);
        return 'match';
      }
      return 'mismatch';
    } finally {
      // The slot is handed on, so `running` counts it throughout.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private cacheKey(password: Buffer, hash: string): string {
    return createHmac('sha256', this.cacheSecret).update(hash).update('\0').update(password).digest('base64');
  }
}
