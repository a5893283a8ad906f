import type { RecordedMessage } from '../conversation.ts';
import { WaitingCalls } from '../trace/calls.ts';

/** A message and its place in the conversation. */
export interface Frame {
  index: number;
  message: RecordedMessage;
}

/** A CALL and its answer; absent when none was recorded. */
export interface Exchange {
  call: Frame;
  answer?: Frame;
}

/** The exchanges of a conversation, in order of their CALLs. An answer whose CALL was not recorded is left out. */
export function exchangesOf(frames: readonly Frame[]): Exchange[] {
  const waiting = new WaitingCalls<Exchange>();
  const exchanges: Exchange[] = [];
  for (const frame of frames) {
    const { kind } = frame.message;
    if (kind === 'unreadable') continue;
    if (kind === 'call') {
      const exchange = { call: frame };
      exchanges.push(exchange);
      waiting.add(frame.message, exchange);
      continue;
    }
    const asked = waiting.take(frame.message);
    if (asked) asked.answer = frame;
  }
  return exchanges;
}

/** How long the answer took, in milliseconds; undefined while there is none. */
export function latencyOf({ call, answer }: Exchange): number | undefined {
  return answer && (answer.message.latencyMs ?? answer.message.at.getTime() - call.message.at.getTime());
}
