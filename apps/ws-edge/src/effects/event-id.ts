import { hash } from 'node:crypto';
import { v7 } from 'uuid';

/**
 * An event id that a repetition of the same message gives again (notes 2.10: a charger repeats what it got no answer
 * to), for facts that no row remembers: consumers deduplicate by id. Still a UUIDv7, of the time of the fact.
 */
export function repeatableEventId(at: Date, content: readonly unknown[]): string {
  const random = hash('sha256', JSON.stringify(content), 'buffer').subarray(0, 16);
  return v7({ msecs: Math.max(0, at.getTime()), random, seq: random.readUInt32BE(12) });
}
