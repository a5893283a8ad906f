import type { PayloadFault } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { Messages } from '#generated/messages.d.ts';
import type { OutboundAction } from '../directions.ts';
import { MAX_FAULTS, validateCommandPayload } from './validate.ts';

/**
 * Nothing leaves that breaks its schema: a tag too long for this version, say, is the caller's to mend. `broken` are
 * faults against rules that no schema shows (see {@link demand}).
 */
export function checked<A extends OutboundAction>(
  action: A,
  payload: Messages[A]['request'],
  broken: readonly PayloadFault[] = [],
): Translation {
  // As it will be on the wire: fields left undefined are absent, for the schema too.
  const present = JSON.parse(JSON.stringify(payload)) as Record<string, unknown>;
  const check = validateCommandPayload(action, present);
  const errors = [...(check.ok ? [] : check.errors), ...broken].slice(0, MAX_FAULTS);
  return errors.length === 0
    ? { ok: true, action, payload: present }
    : { ok: false, kind: 'invalidPayload', action, errors };
}

/** A rule of the specification that no schema shows: a fault unless it holds. */
export function demand(holds: boolean, path: string, message: string): readonly PayloadFault[] {
  return holds ? [] : [{ path, message }];
}
