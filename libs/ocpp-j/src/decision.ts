import type { Command } from '@ocpp-gw/contracts';
import type { Effect } from './effects.ts';
import type { FieldRuleId } from './field-rules.ts';
import type { LookupName, Lookups } from './lookups.ts';

/**
 * What a handler decided. The ordering contract, enforced by ws-edge for every action alike:
 * 1. every effect in `before` is durable (its rows and outbox entries committed) BEFORE `reply` is sent;
 * 2. if that fails, the charger gets CALLERROR InternalError and retries; nothing of the decision happened;
 * 3. effects of one charger are committed in the order of its CALLs.
 */
export interface Decision<Reply> {
  reply: Reply;
  before: readonly Effect[];
  /** Field behaviours met that no schema shows; counted and logged as deviations. */
  noted?: readonly FieldRuleId[];
  /** Commands to the same charger, given once the reply has left: it answers nothing before it has its own answer. */
  after?: readonly Command[];
}

/** What every decision may use. The clock is an input: handlers are pure. */
export interface CallContext {
  cpId: string;
  /** Receive time. */
  now: Date;
  /** Of the CALL. What is sent again may have it again, and other messages may, too (notes 4.7). */
  messageId?: string;
}

export type Queries<K extends LookupName> = { [N in K]: Lookups[N]['query'] | null };
export type Answers<K extends LookupName> = { [N in K]: Lookups[N]['answer'] | null };

/**
 * One inbound action. Lookups named in `K` are asked for as data by `lookups` (null: not needed this time) and
 * arrive in `decide`'s facts (null where the query was null).
 */
export interface ActionHandler<Request, Reply, K extends LookupName = LookupName> {
  lookups(request: Request, context: CallContext): Queries<K>;
  decide(request: Request, facts: CallContext & Answers<K>): Decision<Reply>;
}
