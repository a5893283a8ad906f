import type { z } from 'zod';
import { readInput } from '../problems/request-faults.ts';

/**
 * Reads the fields of a request by the schema of the REST body.
 * @throws ProblemError
 */
export function readRequest<S extends z.ZodType>(schema: S, fields: Record<string, unknown>): z.infer<S> {
  return readInput(schema, fields, { in: 'body' });
}
