import type { Redis } from 'ioredis';
import type { RedisLogger } from './connection.ts';

export interface ShortcutOptions {
  ttlMs: number;
  logger: RedisLogger;
}

export interface ShortcutKind {
  /** What the log calls it. */
  name: string;
  /** How long to wait for an answer: as long as the work without it would take. */
  timeoutMs: number;
}

/** Texts by key, for a while. A shortcut only: without Redis nothing is found and nothing kept, and nobody waits or fails. */
export class Shortcut {
  private readonly redis: Redis;
  private readonly ttlMs: number;
  private readonly logger: RedisLogger;
  private readonly kind: ShortcutKind;

  constructor(redis: Redis, { ttlMs, logger }: ShortcutOptions, kind: ShortcutKind) {
    this.redis = redis;
    this.ttlMs = ttlMs;
    this.logger = logger;
    this.kind = kind;
  }

  /** Null when there is none, or Redis did not answer in time. Never rejects. */
  async find(key: string): Promise<string | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, this.kind.timeoutMs, null);
    });
    try {
      return await Promise.race([this.redis.get(key), late]);
    } catch (err) {
      this.logger.debug(`${this.kind.name} could not be read`, { err });
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Nobody waits for it. */
  keep(key: string, text: string): void {
    this.redis.set(key, text, 'PX', this.ttlMs).catch((err: unknown) => {
      this.logger.debug(`${this.kind.name} could not be written`, { err });
    });
  }
}
