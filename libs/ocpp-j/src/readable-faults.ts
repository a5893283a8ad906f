import type { PayloadFault } from '@ocpp-gw/contracts';
import { keywordFault, type SchemaError } from './keyword-fault.ts';

/** Nobody reads more, and a large body must not make a larger answer. */
export const MAX_FAULTS = 50;

/** What a validator that goes on after the first fault found, for whoever wrote the payload: enum faults name what is allowed. */
export function readableFaults(errors: readonly SchemaError[]): PayloadFault[] {
  const worded = errors.slice(0, MAX_FAULTS).map((error) => {
    const allowed = error.params['allowedValues'];
    return Array.isArray(allowed) ? { ...error, message: `must be one of ${allowed.join(', ')}` } : error;
  });
  return [...keywordFault(worded).faults];
}
