import { resolve } from 'node:path';

/** The checkout's root folder. */
export const ROOT = resolve(import.meta.dirname, '../../..');

/** Where `make up` keeps logs, process ids and the token; ignored by git. */
export const RUN_DIR = resolve(ROOT, '.run');

/** KafkaJS sets a timer in the past whenever it is not throttled; Node 24 warns of it. */
export const QUIET = '--disable-warning=TimeoutNegativeWarning';
