import { type Tolerance, type Validation, validateTolerantly } from '@ocpp-gw/ocpp-j';
import { validators } from '#generated/validators.js';
import { deviationsOf } from './deviations.ts';
import type { Action } from './directions.ts';

export function validateRequest(action: string, payload: unknown, tolerance: Tolerance): Validation {
  return validate('request', action, payload, tolerance);
}

/** A charger's answers are read as tolerantly as its requests; our own are checked `strict`. */
export function validateResponse(action: string, payload: unknown, tolerance: Tolerance): Validation {
  return validate('response', action, payload, tolerance);
}

function validate(side: 'request' | 'response', action: string, payload: unknown, tolerance: Tolerance): Validation {
  if (!hasSchema(action))
    return { ok: false, code: 'NotImplemented', description: `OCPP 1.6 has no action ${action}`, faults: [] };
  return validateTolerantly(validators[action][side], payload, tolerance, deviationsOf(action));
}

function hasSchema(action: string): action is Action {
  return Object.hasOwn(validators, action);
}
