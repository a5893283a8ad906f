import { z } from 'zod';

/** The schema within optional, nullable and default, or what a value is made from. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  // After z.preprocess the end of the pipe checks the value, else its begin.
  if (schema instanceof z.ZodPipe)
    return unwrapped((schema.in instanceof z.ZodTransform ? schema.out : schema.in) as z.ZodType);
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;
}

/** Whether null may be said. */
export function isNullable(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodNullable) return true;
  return (
    (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) && isNullable(schema.unwrap() as z.ZodType)
  );
}
