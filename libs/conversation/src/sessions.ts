import {
  EMPTY_LEDGER,
  EventsNeededError,
  bill,
  record,
  transactionContent,
  transactionMessageOf,
  type Ledger,
  type TransactionMessage,
  type TransactionState,
} from '@ocpp-gw/ocpp-j';
import type { Conversation } from './conversation.ts';
import type { Fact } from './overview/facts.ts';
import { overviewOf } from './overview/overview.ts';

/** A session, as far as the frames alone show it. */
export interface ImpliedSession {
  /** As the charge point names it: the number that 1.6 was given, or its own id. */
  transactionId: string;
  /** 0: no message named it. */
  evseId: number;
  state: 'active' | 'ended';
  /** Absent when its start is not in the conversation. */
  start?: { at: Date; assumed: boolean };
  /** Absent when its end is not in the conversation. */
  end?: { at: Date; assumed: boolean; reason: string };
  idToken: string | null;
  meterStartWh: number | null;
  meterStopWh: number | null;
  energyWh: number | null;
}

/** What the frames of a conversation say of sessions. */
export interface ImpliedSessions {
  /** In order of their first message. A charge point of 2.0.1 may use an id for several. */
  sessions: ImpliedSession[];
  /** Stops that fit no session, or several. */
  unassignedStops: number;
}

/**
 * The sessions of a conversation. Which message belongs to which, which of several ends counts and what is billed is decided as
 * the gateway decides it.
 */
export function sessionsOf(conversation: Conversation): ImpliedSessions {
  const { facts, protocolOf } = overviewOf(conversation);
  const messages: TransactionMessage[] = [];
  let ledger = EMPTY_LEDGER;
  for (const fact of facts) {
    const message = messageOf(fact, protocolOf(fact.frame).dialect.subprotocol);
    // An unanswered 1.6 start has no number yet.
    if (!message || message.id === '0' || message.id === 'NaN') continue;
    ledger = recorded(ledger, message, messages);
    messages.push(message);
  }
  const endsAssumed = new Set(messages.flatMap(({ kind, assumed, at }) => (kind === 'ended' && assumed ? [at] : [])));
  return {
    sessions: ledger.transactions.filter(isSession).map((each) => sessionOf(each, endsAssumed)),
    unassignedStops: ledger.transactions.filter(({ unassigned }) => unassigned !== null).length,
  };
}

function messageOf({ effect, frame }: Fact, protocol: string): TransactionMessage | null {
  return transactionMessageOf(effect, {
    protocol,
    now: frame.message.at,
    digestOf: (said) => `${said.seqNo ?? 0}:${transactionContent(said)}`,
  });
}

function recorded(ledger: Ledger, message: TransactionMessage, before: readonly TransactionMessage[]): Ledger {
  try {
    return record(ledger, message).ledger;
  } catch (error) {
    if (!(error instanceof EventsNeededError)) throw error;
    const events = before.filter(
      ({ kind, stationNamed, id }) => stationNamed && kind !== 'reading' && id === message.id,
    );
    return record(ledger, message, { events }).ledger;
  }
}

function isSession({ unassigned, assignedTo }: TransactionState): boolean {
  return unassigned === null && assignedTo === null;
}

/** @param endsAssumed the ends whose time is that of the receipt */
function sessionOf(transaction: TransactionState, endsAssumed: ReadonlySet<number>): ImpliedSession {
  const { stationTransactionId, evseId, state, idToken, start, startSeen, startAssumed, end } = transaction;
  const { meterStartWh, meterStopWh, energyWh } = bill(transaction);
  return {
    transactionId: stationTransactionId,
    evseId,
    state,
    ...(startSeen && { start: { at: new Date(start.at), assumed: startAssumed } }),
    ...(end?.inferred === null && {
      end: { at: new Date(end.at), assumed: endsAssumed.has(end.at), reason: end.reason },
    }),
    idToken: idToken?.idToken ?? null,
    meterStartWh,
    // A reading of a session that runs is no end of it.
    meterStopWh: state === 'ended' ? meterStopWh : null,
    energyWh,
  };
}
