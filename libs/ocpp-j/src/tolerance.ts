import { isNestedTooDeeply } from './depth.ts';
import type { ErrorCode } from './dialect.ts';
import { type KeywordFault, type SchemaError, keywordFault } from './keyword-fault.ts';
import type { Lack } from './mend-object.ts';
import { type Mended, mend } from './mend.ts';
import type { Tolerance, Validation } from './protocol.ts';
import type { Leniency, Shape } from './shape.ts';

/** A compiled schema, as the protocol libraries generate it. */
export interface SchemaValidator {
  (payload: unknown): boolean;
  /** The faults of the latest call; the first is enough. */
  errors?: readonly SchemaError[] | null;
}

/** What is needed to read a message. */
export interface Reading {
  validator: SchemaValidator;
  shape: Shape;
  leniency: Leniency;
}

/**
 * Strict first: a good message costs one validator call. In lenient mode one that breaks its schema is read by kinds of
 * values (docs/adr/0025), and refused only where something indispensable is missing. `exactly` gives the payload with the
 * numbers' own digits, which are asked for where a number stands for a text; it may throw. Never throws, never changes `payload`.
 */
export function validateTolerantly(
  { validator, shape, leniency }: Reading,
  payload: unknown,
  tolerance: Tolerance,
  exactly?: () => unknown,
): Validation {
  const isValid = validator(payload);
  if (isValid && !isNestedTooDeeply(payload))
    return { ok: true, payload: payload as Record<string, unknown>, deviations: [] };
  if (tolerance === 'strict') return { ok: false, ...(isValid ? TOO_DEEP : keywordFault(validator.errors ?? [])) };
  const { lack, payload: read, rules, odd } = mendExactly(shape, leniency, payload, exactly);
  if (lack) return { ok: false, ...lacking(lack), odd };
  return { ok: true, payload: read as Record<string, unknown>, deviations: rules, odd };
}

function mendExactly(shape: Shape, leniency: Leniency, payload: unknown, exactly?: () => unknown): Mended {
  const mended = mend(shape, leniency, payload);
  if (!exactly || !mended.rules.includes('number-for-text')) return mended;
  try {
    return mend(shape, leniency, exactly(), true);
  } catch {
    // The payload is nested too deeply for an exact reading, so plain numbers are used.
    return mended;
  }
}

const CODES: Readonly<Record<Lack['found'], ErrorCode>> = {
  nothing: 'OccurrenceConstraintViolation',
  'no such word': 'PropertyConstraintViolation',
  'no such type': 'TypeConstraintViolation',
};

const MESSAGES: Readonly<Record<Lack['found'], string>> = {
  nothing: 'is required',
  'no such word': 'is none of the allowed values',
  'no such type': 'has a type that cannot be read',
};

const TOO_DEEP: KeywordFault = { code: 'FormatViolation', description: 'payload is nested too deeply', faults: [] };

function lacking({ path, found }: Lack): KeywordFault {
  const message = path === '' ? 'is not a JSON object' : MESSAGES[found];
  return {
    code: path === '' ? 'FormatViolation' : CODES[found],
    description: `${path || 'payload'} ${message}`,
    faults: [{ path, message }],
  };
}
