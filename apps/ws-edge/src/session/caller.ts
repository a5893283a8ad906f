import type { HandledCall, InboundCall } from '@ocpp-gw/ocpp-j';
import type { ConnectionState } from './connection-state.ts';
import type { Peer } from './peer.ts';

/** Whose CALL it is, and what has been established on its connection so far. */
export interface Caller {
  readonly peer: Peer;
  readonly connectionId: string;
  readonly state: Pick<ConnectionState, 'registration' | 'asked'>;
}

/** Answers one CALL of a charger; whatever that established is committed when it resolves. Never rejects. */
export type AnswerCall = (caller: Caller, call: InboundCall, now: Date) => Promise<AnsweredCall>;

/** `fromCache`: a repetition, answered as before. */
export type AnsweredCall = HandledCall & { fromCache: boolean };
