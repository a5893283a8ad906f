import type { PayloadFault } from '@ocpp-gw/contracts';
import { keywordFault } from '@ocpp-gw/ocpp-j';
import { thoroughValidators } from '#generated/thorough-validators.js';
import { OUTBOUND, type OutboundAction } from '../directions.ts';

export type PayloadCheck = { ok: true } | { ok: false; errors: PayloadFault[] };

/** Actions the CSMS may send. */
export const outboundActions: ReadonlySet<string> = new Set(OUTBOUND);

/** Nobody reads more, and a large body must not make a larger answer. */
const MAX_ERRORS = 50;

/** Checks the payload of an outbound CALL and names every fault. */
export function validateCommandPayload(action: string, payload: unknown): PayloadCheck {
  if (!isOutbound(action))
    return { ok: false, errors: [{ path: '', message: `a CSMS sends no ${action} in OCPP 2.0.1` }] };
  const validator = thoroughValidators[action];
  if (validator(payload)) return { ok: true };
  const errors = (validator.errors ?? []).slice(0, MAX_ERRORS).map((error) => {
    const allowed = error.params['allowedValues'];
    return Array.isArray(allowed) ? { ...error, message: `must be one of ${allowed.join(', ')}` } : error;
  });
  return { ok: false, errors: [...keywordFault(errors).faults] };
}

export function isOutbound(action: string): action is OutboundAction {
  return outboundActions.has(action);
}
