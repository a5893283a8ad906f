import type { PayloadFault } from '@ocpp-gw/contracts';
import type { ErrorCode } from './dialect.ts';

/** What this needs of Ajv's ErrorObject. */
export interface SchemaError {
  keyword: string;
  /** JSON pointer to the value. */
  instancePath: string;
  params: Record<string, unknown>;
  message?: string;
}

export interface KeywordFault {
  code: ErrorCode;
  description: string;
  faults: readonly PayloadFault[];
}

/** The specifications define the codes and leave the map open (notes 2.3). */
const CODE_OF: Readonly<Record<string, ErrorCode>> = {
  additionalProperties: 'FormatViolation',
  additionalItems: 'FormatViolation',
  required: 'OccurrenceConstraintViolation',
  minItems: 'OccurrenceConstraintViolation',
  maxItems: 'OccurrenceConstraintViolation',
  minProperties: 'OccurrenceConstraintViolation',
  maxProperties: 'OccurrenceConstraintViolation',
  type: 'TypeConstraintViolation',
  enum: 'PropertyConstraintViolation',
  const: 'PropertyConstraintViolation',
  format: 'PropertyConstraintViolation',
  pattern: 'PropertyConstraintViolation',
  minLength: 'PropertyConstraintViolation',
  maxLength: 'PropertyConstraintViolation',
  minimum: 'PropertyConstraintViolation',
  maximum: 'PropertyConstraintViolation',
  exclusiveMinimum: 'PropertyConstraintViolation',
  exclusiveMaximum: 'PropertyConstraintViolation',
  multipleOf: 'PropertyConstraintViolation',
  uniqueItems: 'PropertyConstraintViolation',
};

/**
 * Of several faults the most basic one is named. The last three codes are defined for payloads that are "syntactically
 * correct", so structure goes first; then what is missing, what has the wrong type, and what has the wrong value.
 */
const PRECEDENCE: readonly ErrorCode[] = [
  'FormatViolation',
  'OccurrenceConstraintViolation',
  'TypeConstraintViolation',
  'PropertyConstraintViolation',
  'GenericError',
];

/** The CALLERROR code and words for what a schema validator found. */
export function keywordFault(errors: readonly SchemaError[]): KeywordFault {
  const found = errors.map((error) => ({
    code: CODE_OF[error.keyword] ?? ('GenericError' as const),
    fault: named(error),
  }));
  const code = PRECEDENCE.find((candidate) => found.some((each) => each.code === candidate)) ?? 'GenericError';
  const first = found.find((each) => each.code === code)?.fault;
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return {
    code,
    description: first ? `${first.path || 'payload'} ${first.message}${others}` : 'payload breaks its schema',
    faults: found.map((each) => each.fault),
  };
}

function named(error: SchemaError): PayloadFault {
  const { missingProperty, additionalProperty } = error.params;
  // Ajv points at the object; the reader wants the field.
  if (error.keyword === 'required' && typeof missingProperty === 'string')
    return { path: `${error.instancePath}/${escaped(missingProperty)}`, message: 'is required' };
  if (error.keyword === 'additionalProperties' && typeof additionalProperty === 'string')
    return { path: `${error.instancePath}/${escaped(additionalProperty)}`, message: 'is not a field of this message' };
  return { path: error.instancePath, message: error.message ?? `breaks ${error.keyword}` };
}

/** Cuts names, because a charge point may invent a name of a megabyte. */
const MAX_NAME = 100;

/** RFC 6901 section 3. */
function escaped(property: string): string {
  const name = property.length > MAX_NAME ? `${property.slice(0, MAX_NAME)}…` : property;
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
