import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { readInput } from '../problems/request-faults.ts';

/**
 * Checks each parameter that declares a schema, `@Body({ schema })`, and passes on the parsed value. The OpenAPI document is made
 * from the same schemas, so the two always agree.
 */
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, { schema, type, data: name }: ArgumentMetadata): unknown {
    if (!(schema instanceof z.ZodType)) return value;
    return readInput(schema, value, type === 'body' ? { in: 'body' } : { in: 'parameter', name });
  }
}
