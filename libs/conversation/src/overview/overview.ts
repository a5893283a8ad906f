import type { Effect, Protocol } from '@ocpp-gw/ocpp-j';
import type { Conversation } from '../conversation.ts';
import { protocolOf, protocolOfAll } from '../protocols.ts';
import { type SeenConnection, connectionsOf } from './connections.ts';
import { type Exchange, type Frame, exchangesOf } from './exchanges.ts';
import { type Fact, type FactOf, factsOf } from './facts.ts';
import { HeartbeatIntervals } from './heartbeat-intervals.ts';
import { type SeenTransaction, transactionsOf } from './transactions.ts';

/** A conversation as the detectors see it. Each part is made in one pass over the messages. */
export interface Overview {
  conversation: Conversation;
  frames: readonly Frame[];
  exchanges: readonly Exchange[];
  facts: readonly Fact[];
  transactions: readonly SeenTransaction[];
  connections: readonly SeenConnection[];
  heartbeats: HeartbeatIntervals;
  /** Until when the conversation is known: the present time, or its last frame. */
  endsAt: Date;
  protocolOf(frame: Frame): Protocol;
}

export function overviewOf(conversation: Conversation): Overview {
  const { messages, now, heartbeatIntervalS } = conversation;
  const guessed = protocolOfAll(messages);
  const frames = messages.map((message, index) => ({ index, message }));
  const exchanges = exchangesOf(frames);
  const protocolAt = ({ message }: Frame) => (message.protocol === '' ? guessed : protocolOf(message));
  const facts = exchanges.flatMap((exchange) => factsOf(exchange, protocolAt(exchange.call)));
  return {
    conversation,
    frames,
    exchanges,
    facts,
    transactions: transactionsOf(facts),
    connections: connectionsOf(conversation, frames),
    heartbeats: new HeartbeatIntervals(exchanges, heartbeatIntervalS),
    endsAt: now ?? messages.at(-1)?.at ?? new Date(0),
    protocolOf: protocolAt,
  };
}

/** The facts of one kind. */
export function factsOfKind<K extends Effect['kind']>({ facts }: Overview, kind: K): FactOf<K>[] {
  return facts.filter((fact): fact is FactOf<K> => fact.effect.kind === kind);
}

/** The exchanges that the charge point began, or that we began. */
export function callsOf({ exchanges }: Overview, direction: 'in' | 'out', ...actions: readonly string[]): Exchange[] {
  return exchanges.filter(
    ({ call: { message } }) =>
      message.direction === direction && (actions.length === 0 || actions.includes(message.action)),
  );
}
