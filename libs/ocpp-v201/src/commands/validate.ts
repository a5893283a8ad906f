import type { PayloadFault } from '@ocpp-gw/contracts';
import { readableFaults } from '@ocpp-gw/ocpp-j';
import { thoroughValidators } from '#generated/thorough-validators.js';
import { OUTBOUND, type OutboundAction } from '../directions.ts';
import { INT32_MAX, INT32_MIN } from './int32.ts';

export type PayloadCheck = { ok: true } | { ok: false; errors: PayloadFault[] };

/** Actions the CSMS may send. */
export const outboundActions: ReadonlySet<string> = new Set(OUTBOUND);

/** Nobody reads more. */
export const MAX_FAULTS = 50;

/** Decimals, and what is between the caller and the vendor. */
const UNBOUNDED: ReadonlySet<string> = new Set([
  'customData',
  'data',
  'limit',
  'minChargingRate',
  'startValue',
  'totalCost',
  'value',
]);

/** Checks the payload of an outbound CALL and names every fault. */
export function validateCommandPayload(action: string, payload: unknown): PayloadCheck {
  if (!isOutbound(action))
    return { ok: false, errors: [{ path: '', message: `a CSMS sends no ${action} in OCPP 2.0.1` }] };
  const validator = thoroughValidators[action];
  if (!validator(payload)) return { ok: false, errors: readableFaults(validator.errors ?? []) };
  const errors = [...numbersBeyondInt32(payload, '')].slice(0, MAX_FAULTS);
  return errors.length === 0 ? { ok: true } : { ok: false, errors };
}

export function isOutbound(action: string): action is OutboundAction {
  return outboundActions.has(action);
}

function* numbersBeyondInt32(value: unknown, path: string): Generator<PayloadFault> {
  if (typeof value === 'number' && (value < INT32_MIN || value > INT32_MAX))
    yield { path, message: 'must fit into 32 bits' };
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value))
      if (!UNBOUNDED.has(name)) yield* numbersBeyondInt32(inner, `${path}/${name}`);
}
