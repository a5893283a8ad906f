import { type Tolerance, type Validation, validateTolerantly } from '@ocpp-gw/ocpp-j';
import { shapes } from '#generated/shapes.js';
import { validators } from '#generated/validators.js';
import { leniency } from './deviations.ts';
import type { Action } from './directions.ts';

type Side = 'request' | 'response';
type Validate = (action: string, payload: unknown, tolerance: Tolerance, exactly?: () => unknown) => Validation;

export const validateRequest: Validate = (...message) => validate('request', ...message);

/** A charger's answers are read as tolerantly as its requests; our own are checked `strict`. */
export const validateResponse: Validate = (...message) => validate('response', ...message);

function validate(side: Side, ...[action, payload, tolerance, exactly]: Parameters<Validate>): Validation {
  if (!hasSchema(action))
    return { ok: false, code: 'NotImplemented', description: `OCPP 1.6 has no action ${action}`, faults: [] };
  const reading = { validator: validators[action][side], shape: shapes[action][side], leniency: leniency[side] };
  return validateTolerantly(reading, payload, tolerance, exactly);
}

function hasSchema(action: string): action is Action {
  return Object.hasOwn(validators, action);
}
