export interface BackoffOptions {
  /** The wait after the first failure; it doubles with each further one. */
  firstMs: number;
  maxMs: number;
}

/** Doubled so often, any wait is longer than anybody allows, and the number is still exact. */
const MOST_DOUBLINGS = 30;

/** How long to wait after so many failures in a row, at least one. */
export function backoffMs(failures: number, { firstMs, maxMs }: BackoffOptions): number {
  return Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, MOST_DOUBLINGS));
}
