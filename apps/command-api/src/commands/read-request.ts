import type { z } from 'zod';
import { ProblemError } from '../problems/problem-error.ts';
import { requestFaults } from '../problems/request-faults.ts';

/**
 * Reads the fields of a request by the schema of the REST body.
 * @throws ProblemError
 */
export function readRequest<S extends z.ZodType>(schema: S, fields: Record<string, unknown>): z.infer<S> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new ProblemError('invalid-body', { errors: requestFaults(parsed.error, 'body', schema) });
}
