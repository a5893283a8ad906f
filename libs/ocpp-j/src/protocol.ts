import type { Command, PayloadFault } from '@ocpp-gw/contracts';
import type { ActionHandler } from './decision.ts';
import type { Dialect, ErrorCode } from './dialect.ts';
import type { Effect } from './effects.ts';
import type { FieldRuleId } from './field-rules.ts';
import type { OddValue } from './mend.ts';

/** One OCPP version, whole: what the pipeline and the session need of it. `libs/ocpp-v16` and `-v201` each export one. */
export interface Protocol {
  dialect: Dialect;
  /** Every inbound action handled. `never`: each handler names lookups of its own, and no one type has them all. */
  actions: Readonly<Record<string, ActionHandler<never, object, never>>>;
  /** Every action of the version (any direction): known but not in `actions` answers NotSupported, else NotImplemented. */
  knownActions: ReadonlySet<string>;
  /** Actions a Pending station may send although nobody asked for them (notes 2.9); BootNotification always may. */
  allowedBeforeAccepted: ReadonlySet<string>;
  /** `exactly`: see `validateTolerantly`. */
  validateRequest(action: string, payload: unknown, tolerance: Tolerance, exactly?: () => unknown): Validation;
  validateResponse(action: string, payload: unknown, tolerance: Tolerance, exactly?: () => unknown): Validation;
  /** Version-neutral command → CALL of this version. */
  translate(command: Command): Translation;
  /** Mirrors of what CALLs of ours bring about, by action; an action without one changes nothing that is mirrored. */
  mirrors: Readonly<Record<string, Mirror>>;
  /** The status of the answer to a command, if it has one. */
  readStatus(command: Command, payload: Record<string, unknown>): string | undefined;
  /** What the answer to a neutral command says besides its status; see {@link CommandAnswers}. */
  readAnswer(command: Command, payload: Record<string, unknown>): object | undefined;
}

/**
 * What one outbound action establishes. `request` and `answer` are payloads of the version, checked already. Pure: `now`
 * is when the answer came, or when the CALL is about to leave.
 */
export interface Mirror {
  /** Made durable before the CALL leaves, as its answer may never come. */
  before?(request: never, now: Date): readonly Effect[];
  /** Made durable before the caller hears the answer. Not called when no CALLRESULT came. */
  answered?(request: never, answer: never, now: Date, asked: AskedCommand): readonly Effect[];
}

/** The command that became the CALL. */
export interface AskedCommand {
  command: Command;
  sentAt: Date;
}

/** `strict` refuses as the specification says; `lenient` reads by kinds of values, and names each rule it applied. */
export type Tolerance = 'strict' | 'lenient';

export type Validation =
  /**
   * `payload` is the input, read differently where `deviations` say so; `odd` is what was told there. Its fields have their
   * types, but a required one may be absent where the tables of the version say so (`neutral: undefined`).
   */
  | {
      ok: true;
      payload: Record<string, unknown>;
      deviations: readonly FieldRuleId[];
      odd?: readonly OddValue[];
    }
  | {
      ok: false;
      code: ErrorCode;
      description: string;
      faults: readonly PayloadFault[];
      odd?: readonly OddValue[];
    };

export type Translation =
  | { ok: true; action: string; payload: Record<string, unknown> }
  | { ok: false; kind: 'notSupported'; reason: string }
  | { ok: false; kind: 'invalidPayload'; action: string; errors: readonly PayloadFault[] };
