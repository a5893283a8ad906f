import { z } from 'zod';

/** Calls that are made only of a backend that says it takes them. */
const OPTIONAL_CALLS = ['cost', 'charging-needs', 'ev-certificate', 'session-update'] as const;

export type OptionalCall = (typeof OPTIONAL_CALLS)[number];

/** Their names, separated by commas. */
export const optionalCalls = z
  .string()
  .default('')
  .transform((list) => list.split(',').map((name) => name.trim()))
  .transform((names) => names.filter((name) => name !== ''))
  .pipe(z.array(z.enum(OPTIONAL_CALLS)));
