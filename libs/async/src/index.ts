export { backoffMs, type BackoffOptions } from './backoff.ts';
export { halves } from './halves.ts';
export { HourlyDeletion, deleteInSteps } from './hourly-deletion.ts';
export { KeyedQueue } from './keyed-queue.ts';
