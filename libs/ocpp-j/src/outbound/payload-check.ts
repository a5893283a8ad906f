import type { PayloadFault } from '@ocpp-gw/contracts';
import { MAX_FAULTS, readableFaults } from '../readable-faults.ts';
import type { SchemaValidator } from '../tolerance.ts';

export type PayloadCheck = { ok: true } | { ok: false; errors: readonly PayloadFault[] };

/** The bounds of integers without bounds in the schema: firmware and our mirror keep 32 bits. */
export const INT32_MAX = 2_147_483_647;
const INT32_MIN = -2_147_483_648;

/** The schemas of requests, which report every fault, and the fields to which the 32-bit bounds do not apply. */
export interface PayloadRules {
  validators: Readonly<Record<string, SchemaValidator>>;
  unbounded?: ReadonlySet<string>;
}

/** Checks the payload of an outbound CALL and names every fault. The action has a schema. */
export function checkPayload(rules: PayloadRules, action: string, payload: unknown): PayloadCheck {
  const validator = rules.validators[action] as SchemaValidator;
  if (!validator(payload)) return { ok: false, errors: readableFaults(validator.errors ?? []) };
  const errors = [...numbersBeyondInt32(payload, '', rules.unbounded)].slice(0, MAX_FAULTS);
  return errors.length === 0 ? { ok: true } : { ok: false, errors };
}

/** A rule of the specification that no schema shows: a fault unless it holds. */
export function demand(holds: boolean, path: string, message: string): readonly PayloadFault[] {
  return holds ? [] : [{ path, message }];
}

function* numbersBeyondInt32(value: unknown, path: string, unbounded?: ReadonlySet<string>): Generator<PayloadFault> {
  if (typeof value === 'number' && (value < INT32_MIN || value > INT32_MAX))
    yield { path, message: 'must fit into 32 bits' };
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value))
      if (!unbounded?.has(name)) yield* numbersBeyondInt32(inner, `${path}/${name}`, unbounded);
}
