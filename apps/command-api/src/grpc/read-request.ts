import type { z } from 'zod';
import { ProblemError } from '../problems/problem-error.ts';
import { requestFaults } from '../problems/request-faults.ts';

/** Proto3 knows no absence: its zero values mean "not given" (proto/ocpp_gw/v1/gateway.proto). */
export function given<T extends string | number>(value: T): T | undefined {
  return value === 0 || value === '' ? undefined : value;
}

/**
 * Reads a message, in the words of the REST body, by the schema of the REST body.
 * @throws ProblemError
 */
export function readRequest<S extends z.ZodType>(schema: S, fields: Record<string, unknown>): z.infer<S> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new ProblemError('invalid-body', { errors: requestFaults(parsed.error, 'body', schema) });
}
