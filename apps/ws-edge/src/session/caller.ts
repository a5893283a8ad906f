import type { HandledCall, InboundCall, Registration } from '@ocpp-gw/ocpp-j';
import type { Peer } from './peer.ts';

/** The connection of a charger that sends a CALL, as far as the answer depends on it. */
export interface Caller {
  readonly peer: Peer;
  readonly connectionId: string;
  readonly registration: Registration['status'] | null;
  /** Actions that it was asked to send on this connection. */
  readonly asked: ReadonlySet<string>;
}

/** Answers one CALL of a charger; whatever that established is committed when it resolves. Never rejects. */
export type AnswerCall<Who extends Caller> = (caller: Who, call: InboundCall, now: Date) => Promise<AnsweredCall>;

/** `fromCache`: a repetition, answered as before. */
export type AnsweredCall = HandledCall & { fromCache: boolean };
