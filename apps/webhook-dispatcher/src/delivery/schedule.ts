/** The schedule by which failed deliveries are tried again. */
export interface Schedule {
  /** Number of attempts; after the last one the delivery is a dead letter. */
  maxAttempts: number;
  /** Upper limit of the first wait, in milliseconds. The limit of each further wait is four times the one before. */
  baseMs: number;
  /** Upper limit of every wait, in milliseconds. */
  capMs: number;
}

/** Ten attempts within about ten hours (twenty at most): 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, 5.7 h, 6 h, 6 h. */
export const DEFAULT_SCHEDULE: Schedule = { maxAttempts: 10, baseMs: 5_000, capMs: 6 * 3_600_000 };

const GROWTH = 4;

/** Longest wait that a receiver can ask for. */
const RETRY_AFTER_CEILING_MS = 24 * 3_600_000;

/**
 * Milliseconds to wait after attempt number `attempt` (1, 2, ...) has failed; undefined when it was the last. Full jitter:
 * anywhere up to the bound, so that the deliveries of an outage do not come back all at once. A receiver's Retry-After
 * is the least we wait.
 */
export function retryDelay(schedule: Schedule, attempt: number, random: number, retryAfterMs = 0): number | undefined {
  if (attempt >= schedule.maxAttempts) return undefined;
  const bound = Math.min(schedule.capMs, schedule.baseMs * GROWTH ** (attempt - 1));
  return Math.max(Math.round(random * bound), Math.min(retryAfterMs, RETRY_AFTER_CEILING_MS));
}

/** Reads a Retry-After header, seconds or an HTTP date (RFC 9110 §10.2.3), in milliseconds; 0 when it is invalid. */
export function retryAfter(header: string | undefined, now: Date): number {
  if (header === undefined) return 0;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now.getTime());
}
