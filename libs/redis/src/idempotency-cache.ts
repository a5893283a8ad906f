import type { Redis } from 'ioredis';
import { Shortcut, type ShortcutOptions } from './shortcut.ts';

/** Answers that chargers may ask for again, by key, for a while. */
export class IdempotencyCache extends Shortcut {
  constructor(redis: Redis, options: ShortcutOptions) {
    super(redis, options, 'idempotency cache');
  }
}
