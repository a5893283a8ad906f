import type { PayloadFault } from '@ocpp-gw/contracts';
import { readableFaults } from '@ocpp-gw/ocpp-j';
import { thoroughValidators } from '#generated/thorough-validators.js';
import { OUTBOUND, type OutboundAction } from '../directions.ts';

export type PayloadCheck = { ok: true } | { ok: false; errors: PayloadFault[] };

/** Actions the CSMS may send. */
export const outboundActions: ReadonlySet<string> = new Set(OUTBOUND);

/** Checks the payload of an outbound CALL and names every fault. */
export function validateCommandPayload(action: string, payload: unknown): PayloadCheck {
  if (!isOutbound(action))
    return { ok: false, errors: [{ path: '', message: `a CSMS sends no ${action} in OCPP 1.6` }] };
  const validator = thoroughValidators[action];
  if (validator(payload)) return { ok: true };
  return { ok: false, errors: readableFaults(validator.errors ?? []) };
}

export function isOutbound(action: string): action is OutboundAction {
  return outboundActions.has(action);
}
