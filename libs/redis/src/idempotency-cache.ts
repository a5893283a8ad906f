import type { Redis } from 'ioredis';
import { Shortcut, type ShortcutOptions } from './shortcut.ts';

/** A Redis that is well answers in a few; a charger is not kept waiting for one that is not. */
const LONGEST_WAIT_MS = 30;

/** Answers that chargers may ask for again, by key, for a while. */
export class IdempotencyCache extends Shortcut {
  constructor(redis: Redis, options: ShortcutOptions) {
    super(redis, options, { name: 'idempotency cache', timeoutMs: LONGEST_WAIT_MS });
  }
}
