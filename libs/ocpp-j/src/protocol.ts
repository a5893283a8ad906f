import type { Command, PayloadFault } from '@ocpp-gw/contracts';
import type { Boot } from './boot.ts';
import type { ActionHandler } from './decision.ts';
import type { Dialect, ErrorCode } from './dialect.ts';
import type { Effect } from './effects.ts';
import type { FieldRuleId } from './field-rules.ts';
import type { OddValue } from './mend.ts';

/** Everything that the pipeline and the session need to know of one OCPP version. `libs/ocpp-v16` and `-v201` each export one. */
export interface Protocol {
  dialect: Dialect;
  /** Every inbound action handled. The type has `never`, because each handler names lookups of its own. */
  actions: Readonly<Record<string, ActionHandler<never, object, never>>>;
  /**
   * Every action of the version (any direction): one that is not in `actions` is answered NotSupported; an unknown action
   * is answered NotImplemented.
   */
  knownActions: ReadonlySet<string>;
  boot: Boot;
  /** Actions a Pending station may send although nobody asked for them (notes 2.9); its boot it always may. */
  allowedBeforeAccepted: ReadonlySet<string>;
  /** The inbound actions whose repetitions get the stored answer and are not handled again. */
  repeatable: Readonly<Record<string, Repetition>>;
  /** Further rules for our requests, by action. A request without an entry has none. */
  requests: Readonly<Record<string, RequestRule>>;
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

/** When a CALL with the id and the payload of another one is its repetition. */
export type Repetition =
  /** On one connection only: a station that restarts sends the same bytes under the same id on a new connection. */
  | { within: 'connection' }
  /** On any connection: the payload holds the time of what happened; `time` names the field. */
  | { within: 'station'; time: string };

export interface RequestRule<Inbound extends string = string> {
  /** The action that the station sends once it has taken the request; it may do so although it is not Accepted. */
  brings?: Inbound | ((request: Record<string, unknown>) => string | null);
  /** The request has to wait while the station is Pending (notes 2.9). */
  waitsForAcceptance?: true;
}

/**
 * What one outbound action establishes. `request` and `answer` are payloads of the version, checked already. Pure: `now`
 * is when the answer came, or when the CALL is about to leave.
 */
export interface Mirror {
  /** Made durable before the CALL leaves, as its answer may never come. */
  before?(request: never, now: Date, asked: AskedCommand): readonly Effect[];
  /** Made durable before the caller hears the answer. Not called when no CALLRESULT came. */
  answered?(request: never, answer: never, now: Date, asked: AskedCommand): readonly Effect[];
  /** Takes back what was made durable before: a CALLERROR came, or the CALL never left. */
  undone?(request: never, now: Date, asked: AskedCommand): readonly Effect[];
}

/** The command from which the CALL was made. */
export interface AskedCommand {
  command: Command;
  sentAt: Date;
}

/** `strict` refuses as the specification says; `lenient` reads by kinds of values, and names each rule it applied. */
export type Tolerance = 'strict' | 'lenient';

export type Validation =
  /**
   * `payload` is the input, read differently where `deviations` say so; `odd` holds the raw values there. Its fields have their
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
