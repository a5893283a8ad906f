import type { HandledCall, InboundCall } from '@ocpp-gw/ocpp-j';
import type { ConnectionState } from './connection-state.ts';
import type { TraceIds } from '@ocpp-gw/service-kit';
import type { Peer } from './peer.ts';

/** Whose CALL it is, and what has been established on its connection so far. */
export interface Caller {
  readonly peer: Peer;
  readonly connectionId: string;
  readonly state: Pick<ConnectionState, 'registration' | 'asked'>;
}

/** Answers one CALL of a charge point. Its effects are committed when it resolves. Never rejects. */
export type AnswerCall = (caller: Caller, call: InboundCall, now: Date) => Promise<AnsweredCall>;

/** `fromCache` is true for a repetition that was answered as before. */
export type AnsweredCall = HandledCall & {
  fromCache: boolean;
  /** Of its span, where it has one. */
  trace?: TraceIds;
};
