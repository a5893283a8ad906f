import type { Redis } from 'ioredis';
import { Shortcut, type ShortcutOptions } from './shortcut.ts';

/** A healthy Redis answers within a few milliseconds. A charger does not wait for a slow one. */
const LONGEST_WAIT_MS = 30;

/** Answers that chargers may ask for again, by key, for a while. */
export class IdempotencyCache extends Shortcut {
  constructor(redis: Redis, options: ShortcutOptions) {
    super(redis, options, { name: 'idempotency cache', timeoutMs: LONGEST_WAIT_MS });
  }
}
