import type { Redis } from 'ioredis';
import type { RedisLogger } from './connection.ts';

/** A Redis that is well answers in a few; a charger is not kept waiting for one that is not. */
const PATIENCE_MS = 30;

export interface ShortcutOptions {
  ttlMs: number;
  logger: RedisLogger;
}

/** Texts by key, for a while. A shortcut only: without Redis nothing is found and nothing kept, and nobody waits or fails. */
export class Shortcut {
  private readonly redis: Redis;
  private readonly ttlMs: number;
  private readonly logger: RedisLogger;
  private readonly name: string;

  /** @param name what the log calls it */
  constructor(redis: Redis, { ttlMs, logger }: ShortcutOptions, name: string) {
    this.redis = redis;
    this.ttlMs = ttlMs;
    this.logger = logger;
    this.name = name;
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
      this.logger.debug(`${this.name} could not be read`, { err });
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Nobody waits for it. */
  keep(key: string, text: string): void {
    this.redis.set(key, text, 'PX', this.ttlMs).catch((err: unknown) => {
      this.logger.debug(`${this.name} could not be written`, { err });
    });
  }
}
