import type { Command } from './commands/index.ts';

/** The command bus: what travels on `cp:cmd:{cp_id}` and `cp:reply:{request_id}` as JSON. */

/** Version of both envelopes. A receiver refuses a newer one with outcome `refused`, code `UnsupportedVersion`. */
export const COMMAND_BUS_VERSION = 1;

/** No command waits longer for the charger, milliseconds. */
export const COMMAND_CEILING_MS = 30_000;

export interface CommandEnvelope {
  v: number;
  type: 'command';
  /** Id of the command (UUIDv7), `command_id` everywhere else; the reply goes to `cp:reply:{requestId}`. */
  requestId: string;
  cpId: string;
  /** The owner by the online registry: another instance answers `moved`. Absent: whoever has the charger. */
  pod?: string;
  /** Unix milliseconds; an owner that picks the command up later drops it and answers `expired`. */
  deadline: number;
  command: Command;
  traceparent?: string;
  /** It may be put on the bus more than once: the owner takes it in Postgres before it sends the CALL. */
  once?: true;
  /** The request that asked for the command. */
  origin?: { requestId: string; caller: string };
}

/** Tells an older owner that a newer connection of the same charger has been authenticated; it closes its socket. */
export interface SupersededEnvelope {
  v: number;
  type: 'superseded';
  cpId: string;
  /** Epoch of the newer connection; an owner with this epoch or a newer one ignores the message. */
  epoch: number;
}

/**
 * Takes a command back: its caller has gone. An owner that has not sent it yet drops it and answers `cancelled`; what has
 * been sent goes on. Has no effect at an owner that is too old to know the type.
 */
export interface CancelEnvelope {
  v: number;
  type: 'cancel';
  cpId: string;
  requestId: string;
}

export type BusEnvelope = CommandEnvelope | SupersededEnvelope | CancelEnvelope;

/** How a command ended. A value, never an exception. */
export type CommandOutcome =
  /**
   * The charger answered with a CALLRESULT; `status` is its status field where it has one, `answer` what else it says,
   * in no version's words (see `CommandAnswers`).
   */
  | { kind: 'result'; action: string; payload: Record<string, unknown>; status?: string; answer?: object }
  /**
   * The charger answered with a CALLERROR. `code` is the code as it was sent, `standardCode` the code of the specification
   * that it means: GenericError for an unknown code.
   */
  | {
      kind: 'callerror';
      action: string;
      code: string;
      standardCode?: string;
      description: string;
      details: Record<string, unknown>;
    }
  /** The charger's CALLRESULT breaks its schema. */
  | { kind: 'invalidResult'; action: string; reason: string; payload: unknown }
  /** Sent, and no answer before the deadline. `silent`: the charger has sent nothing at all since it connected. */
  | { kind: 'timeout'; action: string; silent?: true }
  /** The connection ended before the answer. `sent` tells whether the CALL had left. */
  | { kind: 'disconnected'; action: string; sent: boolean }
  /** Never sent: the deadline passed in the queue. `silent` as of `timeout`: the gateway waited for its first message. */
  | { kind: 'expired'; silent?: true }
  /** Never sent: the caller went away before it was its turn. */
  | { kind: 'cancelled' }
  /** Nobody owns the charger's socket. */
  | { kind: 'offline' }
  /** Never sent: the charger is on another instance than the one the command was meant for. */
  | { kind: 'moved' }
  /** The intent or action does not exist in the charger's protocol. */
  | { kind: 'notSupported'; protocol: string; reason: string }
  /** The payload breaks the schema of the charger's protocol. `errors` name the fields. */
  | { kind: 'invalidPayload'; action: string; errors: readonly PayloadFault[] }
  /** The owner would not take it: queue full, draining, station not accepted, newer envelope version ... */
  | { kind: 'refused'; code: RefusalCode; reason: string };

/** `internal`: a fault of the owner, before anything was sent. `failed`: one in the middle; the CALL may have been sent. */
export type RefusalCode = 'unsupported_version' | 'queue_full' | 'draining' | 'not_accepted' | 'internal' | 'failed';

export interface PayloadFault {
  /** JSON pointer into the payload, "" for its root. */
  path: string;
  message: string;
}

export interface ReplyEnvelope {
  v: number;
  requestId: string;
  cpId: string;
  /** Connection that carried the CALL. */
  epoch: number;
  outcome: CommandOutcome;
  /** The owner has written the end of the command; else the caller writes it. */
  recorded?: true;
}
