import type { Translation } from '@ocpp-gw/ocpp-j';
import type { Messages } from '#generated/messages.d.ts';
import type { OutboundAction } from '../directions.ts';
import { validateCommandPayload } from './validate.ts';

/** Nothing leaves that breaks its schema: a tag too long for this version, say, is the caller's to mend. */
export function checked<A extends OutboundAction>(action: A, payload: Messages[A]['request']): Translation {
  // Fields left undefined are absent on the wire, and for the schema.
  const present = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
  const check = validateCommandPayload(action, present);
  return check.ok
    ? { ok: true, action, payload: present }
    : { ok: false, kind: 'invalidPayload', action, errors: check.errors };
}
