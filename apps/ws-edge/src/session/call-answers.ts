import { handleCall, type PipelinePorts } from '@ocpp-gw/ocpp-j';
import type { IdempotencyCache } from '@ocpp-gw/redis';
import type { AnswerCall, Caller } from './caller.ts';
import { replayable, replayed, replayKey } from './replay.ts';

/** `cache` is null when repetitions are handled like any CALL. Postgres recognises them in any case. */
export function answerCalls(
  pipeline: (caller: Caller) => PipelinePorts,
  cache: Pick<IdempotencyCache, 'find' | 'keep'> | null,
): AnswerCall {
  return async (caller, call, now) => {
    const { registration, asked } = caller.state;
    const { protocol, cpId, tolerance } = caller.peer;
    const key = cache && replayKey(caller, call, now);
    // A charge point that is not accepted must pass the registration gate, so it gets no answer from the cache.
    const kept = key && registration === 'Accepted' ? await cache.find(key) : null;
    const known = kept === null ? null : replayed(protocol, call, kept, now);
    if (known) return { ...known, fromCache: true };
    const handled = await handleCall(protocol, pipeline(caller), { cpId, tolerance, registration, asked }, call, now);
    const answer = key && replayable(protocol, handled);
    if (answer) cache.keep(key, answer);
    return { ...handled, fromCache: false };
  };
}
