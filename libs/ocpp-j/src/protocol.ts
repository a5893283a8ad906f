import type { Command, PayloadFault } from '@ocpp-gw/contracts';
import type { ActionHandler } from './decision.ts';
import type { Dialect, ErrorCode } from './dialect.ts';

/** One OCPP version, whole: what the pipeline and the session need of it. `libs/ocpp-v16` and `-v201` each export one. */
export interface Protocol {
  dialect: Dialect;
  /** Every inbound action handled. `never`: each handler names lookups of its own, and no one type has them all. */
  actions: Readonly<Record<string, ActionHandler<never, object, never>>>;
  /** Every action of the version (any direction): known but not in `actions` answers NotSupported, else NotImplemented. */
  knownActions: ReadonlySet<string>;
  /** Actions a station may send before it is Accepted (notes 2.9): BootNotification. */
  allowedBeforeAccepted: ReadonlySet<string>;
  validateRequest(action: string, payload: unknown, tolerance: Tolerance): Validation;
  validateResponse(action: string, payload: unknown, tolerance: Tolerance): Validation;
  /** Version-neutral command → CALL of this version. */
  translate(command: Command): Translation;
}

/** `strict` refuses as the specification says; `lenient` accepts a documented list of field deviations, each named. */
export type Tolerance = 'strict' | 'lenient';

export type Validation =
  /** `payload` is the input, repaired where `deviations` say so. */
  | { ok: true; payload: Record<string, unknown>; deviations: readonly string[] }
  | { ok: false; code: ErrorCode; description: string; faults: readonly PayloadFault[] };

export type Translation =
  | { ok: true; action: string; payload: Record<string, unknown> }
  | { ok: false; kind: 'notSupported'; reason: string }
  | { ok: false; kind: 'invalidPayload'; errors: readonly PayloadFault[] };
