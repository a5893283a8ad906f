export { backoffMs, type BackoffOptions } from './backoff.ts';
export { halves } from './halves.ts';
export { KeyedQueue } from './keyed-queue.ts';
