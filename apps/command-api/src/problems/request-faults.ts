import { z } from 'zod';
import type { RequestFault } from './problem-error.ts';

/** What a schema found wrong, one fault for each field, unknown fields among them. */
export function requestFaults(error: z.ZodError, place: 'body' | 'parameter', schema: z.ZodType): RequestFault[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [fault(place, issue.path, issue.message)];
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => fault(place, [...issue.path, key], known));
  });
}

function fault(place: 'body' | 'parameter', path: readonly PropertyKey[], message: string): RequestFault {
  return place === 'body'
    ? { pointer: jsonPointer(path), message }
    : { parameter: path.map(String).join('.'), message };
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
