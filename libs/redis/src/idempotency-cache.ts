import type { Redis } from 'ioredis';
import type { RedisLogger } from './connection.ts';

/** A Redis that is well answers in a few; a charger is not kept waiting for one that is not. */
const PATIENCE_MS = 30;

/**
 * Answers that chargers may ask for again, by key, for a while. A shortcut only: without Redis nothing is found and
 * nothing kept, and nobody waits or fails.
 */
export class IdempotencyCache {
  private readonly redis: Redis;
  private readonly ttlMs: number;
  private readonly logger: RedisLogger;

  constructor(redis: Redis, { ttlMs, logger }: { ttlMs: number; logger: RedisLogger }) {
    this.redis = redis;
    this.ttlMs = ttlMs;
    this.logger = logger;
  }

  /** Null: not there, or not told in time. Never rejects. */
  async find(key: string): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, null);
    });
    try {
      return await Promise.race([this.redis.get(key), late]);
    } catch (err) {
      this.logger.debug('idempotency cache could not be read', { err });
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Nobody waits for it. */
  keep(key: string, answer: string): void {
    this.redis.set(key, answer, 'PX', this.ttlMs).catch((err: unknown) => {
      this.logger.debug('idempotency cache could not be written', { err });
    });
  }
}
