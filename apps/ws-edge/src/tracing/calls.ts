import type { Effect } from '@ocpp-gw/ocpp-j';
import { inSpan } from '@ocpp-gw/service-kit';
import type { AnswerCall } from '../session/caller.ts';
import { ofCall } from './attributes.ts';

/** A span for each CALL of a charge point, from its turn in the queue to its answer. It begins a trace. */
export function tracedCalls(answer: AnswerCall): AnswerCall {
  return (caller, call, now) =>
    inSpan(
      {
        ...ofCall(caller.peer, caller.connectionId, call.action),
        kind: 'server',
        // Frames may be read while the span of another one runs.
        parent: null,
        links: [caller.peer.traceparent],
      },
      async (span) => {
        const answered = await answer(caller, call, now);
        const transactionId = answered.effects.map(transactionOf).find((id) => id !== undefined);
        span?.set({
          'ocpp.message_id': call.id,
          'ocpp.outcome': answered.outcome,
          ...(answered.fromCache && { 'ocpp.from_cache': true }),
          ...(transactionId !== undefined && { 'ocpp.transaction_id': transactionId }),
        });
        if (answered.fault !== undefined) span?.failed(answered.outcome);
        return span ? { ...answered, trace: span.ids } : answered;
      },
    );
}

const ABOUT_TRANSACTIONS = ['transactionStarted', 'transactionUpdated', 'transactionEnded', 'meterValues'] as const;

function transactionOf(effect: Effect): string | undefined {
  if (!isAboutTransaction(effect)) return undefined;
  return effect.transactionId ?? undefined;
}

function isAboutTransaction(effect: Effect): effect is Extract<Effect, { kind: (typeof ABOUT_TRANSACTIONS)[number] }> {
  return (ABOUT_TRANSACTIONS as readonly string[]).includes(effect.kind);
}
