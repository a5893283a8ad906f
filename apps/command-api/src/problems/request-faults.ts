import { z } from 'zod';
import { unstorableTexts } from './input-faults.ts';
import type { RequestFault } from './members.ts';
import { ProblemError } from './problem-error.ts';

/** The part of a request that a value comes from: the body, one named parameter, or the whole query when no name is given. */
export interface Place {
  in: 'body' | 'parameter';
  name?: string;
}

/**
 * Parses a part of a request of REST or gRPC by its schema. Text that cannot be stored is refused everywhere except in the payload
 * of a charge point's own protocol (a record), which is passed on unchanged.
 * @throws ProblemError
 */
export function readInput<S extends z.ZodType>(schema: S, value: unknown, place: Place): z.infer<S> {
  const parsed = schema.safeParse(value);
  const faults = parsed.success
    ? textsOf(schema, parsed.data).map(({ path, message }) => fault(place, path, message))
    : requestFaults(parsed.error, place, schema);
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new ProblemError(place.in === 'body' ? 'invalid-body' : 'invalid-parameter', { errors: faults });
}

function textsOf(schema: z.ZodType, data: unknown): ReturnType<typeof unstorableTexts> {
  return schema instanceof z.ZodRecord ? [] : unstorableTexts(data);
}

/** The faults that a schema found, one for each field. An unknown field is a fault too. */
export function requestFaults(error: z.ZodError, place: Place, schema: z.ZodType): RequestFault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [fault(place, issue.path, issue.message)];
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => fault(place, [...issue.path, key], known));
  });
}

function fault(place: Place, path: readonly PropertyKey[], message: string): RequestFault {
  if (place.in === 'body') return { pointer: jsonPointer(path), message };
  const names = place.name === undefined ? path : [place.name, ...path];
  // A parameter that is repeated has one name.
  const named = names.filter((step) => typeof step !== 'number');
  return { parameter: named.map(String).join('.'), message };
}

/** RFC 6901. */
function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string {
  const object = schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
  const known = path.length === 0 && object instanceof z.ZodObject ? Object.keys(object.shape) : [];
  return known.length > 0 ? `is not known here; known are ${known.join(', ')}` : 'is not known here';
}
