import { resolve } from 'node:path';

/** The checkout's root folder. */
export const ROOT = resolve(import.meta.dirname, '../../..');

/** The path of a built file, named from the root of the repository; another one where a copy of the build runs. */
export type Build = (file: string) => string;

export const IN_CHECKOUT: Build = (file) => resolve(ROOT, file);
