import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { readInput } from '../problems/request-faults.ts';

/**
 * Checks each parameter that declares a schema, `@Body({ schema })`, and hands on what the schema made of it. The same
 * schemas make the OpenAPI document, so the two cannot drift.
 */
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, { schema, type, data: name }: ArgumentMetadata): unknown {
    if (!(schema instanceof z.ZodType)) return value;
    return readInput(schema, value, type === 'body' ? { in: 'body' } : { in: 'parameter', name });
  }
}
