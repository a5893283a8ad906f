import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { ProblemError } from '../problems/problem-error.ts';
import { requestFaults } from '../problems/request-faults.ts';

/**
 * Checks each parameter that declares a schema, `@Body({ schema })`, and hands on what the schema made of it. The same
 * schemas make the OpenAPI document, so the two cannot drift.
 */
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, { schema, type }: ArgumentMetadata): unknown {
    if (!(schema instanceof z.ZodType)) return value;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const place = type === 'body' ? 'body' : 'parameter';
    throw new ProblemError(place === 'body' ? 'invalid-body' : 'invalid-parameter', {
      errors: requestFaults(parsed.error, place, schema),
    });
  }
}
