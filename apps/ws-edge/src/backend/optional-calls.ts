import { z } from 'zod';

/** The calls that are made only when the configuration says that the backend accepts them. */
const OPTIONAL_CALLS = ['cost', 'charging-needs', 'ev-certificate', 'session-update'] as const;

export type OptionalCall = (typeof OPTIONAL_CALLS)[number];

/** Reads the names of optional calls, separated by commas. */
export const optionalCalls = z
  .string()
  .default('')
  .transform((list) => list.split(',').map((name) => name.trim()))
  .transform((names) => names.filter((name) => name !== ''))
  .pipe(z.array(z.enum(OPTIONAL_CALLS)));
