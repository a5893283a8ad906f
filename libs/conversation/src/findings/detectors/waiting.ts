import type { Exchange } from '../../overview/exchanges.ts';
import { callsOf, type Overview } from '../../overview/overview.ts';
import type { FindingSettings } from '../settings.ts';

/**
 * The CALLs without an answer, although the connection stayed open for long enough, or a later CALL on it was answered: either
 * side handles one at a time.
 */
export function* unansweredCalls(
  overview: Overview,
  direction: 'in' | 'out',
  { answerTimeoutS }: FindingSettings,
): Generator<Exchange> {
  const calls = callsOf(overview, direction);
  const endOf = connectionEnds(overview);
  const lastAnswered = new Map<string, number>();
  for (const { call, answer } of calls) if (answer) lastAnswered.set(call.message.connectionId, call.index);
  for (const exchange of calls) {
    const { call, answer } = exchange;
    if (answer) continue;
    const { connectionId, at } = call.message;
    const waitedMs = endOf(connectionId).getTime() - at.getTime();
    const isPassedOver = (lastAnswered.get(connectionId) ?? -1) > call.index;
    if (isPassedOver || waitedMs >= answerTimeoutS * 1000) yield exchange;
  }
}

/** When each connection ended, or how long it is known to have been open. */
function connectionEnds({ connections, frames, endsAt }: Overview): (connectionId: string) => Date {
  const lastFrames = new Map<string, Date>();
  for (const { message } of frames) lastFrames.set(message.connectionId, message.at);
  const ends = new Map(
    connections.map(({ connectionId, endedAt }, i) => {
      const isLast = i === connections.length - 1;
      return [connectionId, endedAt ?? (isLast ? endsAt : (lastFrames.get(connectionId) ?? endsAt))];
    }),
  );
  return (connectionId) => ends.get(connectionId) ?? endsAt;
}
