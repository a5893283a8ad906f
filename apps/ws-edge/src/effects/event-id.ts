import { hash } from 'node:crypto';
import { v7 } from 'uuid';

/**
 * Makes an event id that a repetition of the same message gets again, for facts that no row remembers (notes 2.10: a
 * charge point repeats what it got no answer to). Consumers deduplicate by id. It is still a UUIDv7 with the time of
 * the fact.
 */
export function repeatableEventId(at: Date, content: readonly unknown[]): string {
  const random = hash('sha256', JSON.stringify(content), 'buffer').subarray(0, 16);
  return v7({ msecs: Math.max(0, at.getTime()), random, seq: random.readUInt32BE(12) });
}
