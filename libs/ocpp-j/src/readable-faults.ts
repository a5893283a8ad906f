import type { PayloadFault } from '@ocpp-gw/contracts';
import { keywordFault, type SchemaError } from './keyword-fault.ts';

/** At most this many faults are listed, so that a large body does not make a larger answer. */
export const MAX_FAULTS = 50;

/** The faults that a validator found, as texts for the author of the payload. Faults of an enum name the allowed values. */
export function readableFaults(errors: readonly SchemaError[]): PayloadFault[] {
  const worded = errors.slice(0, MAX_FAULTS).map((error) => {
    const allowed = error.params['allowedValues'];
    return Array.isArray(allowed) ? { ...error, message: `must be one of ${allowed.join(', ')}` } : error;
  });
  return [...keywordFault(worded).faults];
}
