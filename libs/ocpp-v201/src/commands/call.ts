import type { GenericCall } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { thoroughValidators } from '#generated/thorough-validators.js';
import { OUTBOUND } from '../directions.ts';
import { isOutbound, validateCommandPayload } from './validate.ts';

/** The charging station's own protocol, as the caller wrote it, checked and forwarded unchanged. */
export function call({ action, payload }: GenericCall): Translation {
  if (!isOutbound(action)) return { ok: false, kind: 'notSupported', reason: whyNot(action) };
  const check = validateCommandPayload(action, payload);
  return check.ok ? { ok: true, action, payload } : { ok: false, kind: 'invalidPayload', action, errors: check.errors };
}

function whyNot(action: string): string {
  if (Object.hasOwn(thoroughValidators, action))
    return `in OCPP 2.0.1 ${action} is sent by the charging station, not to it`;
  const sameLetters = OUTBOUND.find((each) => each.toLowerCase() === action.toLowerCase());
  return sameLetters
    ? `OCPP 2.0.1 spells it ${sameLetters}, not ${action}`
    : `OCPP 2.0.1 has no action ${action}; a CSMS may send ${OUTBOUND.join(', ')}`;
}
