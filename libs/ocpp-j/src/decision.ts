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
  /** Field behaviours that the handler found and no schema shows. They are counted and logged as deviations. */
  noted?: readonly FieldRuleId[];
  /** Commands to the same charger. They are sent after the reply, because a charger that waits for its reply answers nothing. */
  after?: readonly Command[];
}

/** What every decision may use. The clock is an input: handlers are pure. */
export interface CallContext {
  cpId: string;
  /** Receive time. */
  now: Date;
  /** The message id of the CALL. A repetition may have the same id, and so may another message (notes 4.7). */
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
