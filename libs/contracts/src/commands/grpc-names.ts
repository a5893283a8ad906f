import { z } from 'zod';

const names = z.registry<{ name: string }>();

/**
 * Names the message or the enum that the schema is in gRPC. Schemas that share a name share the message: an enum then has
 * the values of all of them. An enum without a name is a string there.
 */
export function grpcName<T extends z.ZodEnum | z.ZodObject>(name: string, schema: T): T {
  // A describe() or a meta() after this would make another schema, without the name.
  names.add(schema, { name });
  return schema;
}

export function grpcNameOf(schema: z.ZodType): string | undefined {
  return names.get(schema)?.name;
}
