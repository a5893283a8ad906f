import { handleCall, type HandledCall, type InboundCall, type PipelinePorts } from '@ocpp-gw/ocpp-j';
import type { IdempotencyCache } from '@ocpp-gw/redis';
import { replayable, replayed, replayKey } from './replay.ts';
import type { Session } from './session.ts';

/** Answers one CALL of a charge point. Its effects are committed when it resolves. Never rejects. */
export type AnswerCall = (session: Session, call: InboundCall, now: Date) => Promise<AnsweredCall>;

/** `fromCache` is true for a repetition that was answered as before. */
export type AnsweredCall = HandledCall & { fromCache: boolean };

/** `cache` is null when repetitions are handled like any CALL. Postgres recognises them in any case. */
export function answerCalls(
  pipeline: (session: Session) => PipelinePorts,
  cache: Pick<IdempotencyCache, 'find' | 'keep'> | null,
): AnswerCall {
  return async (session, call, now) => {
    const { protocol, cpId, tolerance } = session.peer;
    const { registration, asked, connectionId } = session;
    const key = cache && replayKey({ cpId, connectionId, asked }, call, now);
    // A charge point that is not accepted must pass the registration gate, so it gets no answer from the cache.
    const kept = key && registration === 'Accepted' ? await cache.find(key) : null;
    const known = kept === null ? null : replayed(protocol, call, kept, now);
    if (known) return { ...known, fromCache: true };
    const handled = await handleCall(protocol, pipeline(session), { cpId, tolerance, registration, asked }, call, now);
    const answer = key && replayable(handled);
    if (answer) cache.keep(key, answer);
    return { ...handled, fromCache: false };
  };
}
