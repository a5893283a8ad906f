import type { PayloadFault } from '@ocpp-gw/contracts';
import { MAX_FAULTS, readableFaults } from '../readable-faults.ts';
import type { SchemaValidator } from '../tolerance.ts';

export type PayloadCheck = { ok: true } | { ok: false; errors: readonly PayloadFault[] };

/** Where the schemas bound no integer, firmware and our mirror still keep it in 32 bits. */
export const INT32_MAX = 2_147_483_647;
const INT32_MIN = -2_147_483_648;

/** Schemas of requests, which find every fault, and the fields that are no integers of the protocol. */
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
