import { frameOf, payloadOf, type Exchange } from '@ocpp-gw/conversation';
import { CallError } from '../errors.ts';
import { type Comparison, type Context, compare } from './compare.ts';

/** What a CALL is answered: a payload, a CALLERROR, or nothing. */
export type Answer =
  { is: 'result'; payload: unknown } | { is: 'error'; code: string; description: string } | { is: 'none'; why: string };

const NONE_RECORDED: Answer = { is: 'none', why: 'the recording has no answer' };

export function recordedAnswer({ answer }: Exchange): Answer {
  if (!answer) return NONE_RECORDED;
  const { message } = answer;
  if (message.kind === 'call_result') return { is: 'result', payload: payloadOf(message) };
  const frame = frameOf(message);
  return { is: 'error', code: message.errorCode, description: frame.kind === 'error' ? frame.description : '' };
}

export function answerOfError(error: unknown): Answer {
  if (error instanceof CallError) {
    return { is: 'error', code: error.code, description: error.message === error.code ? '' : error.message };
  }
  return { is: 'none', why: (error as Error).message };
}

/** An answer in one value, as it is shown. */
export function shown(answer: Answer): unknown {
  switch (answer.is) {
    case 'result':
      return answer.payload;
    case 'error':
      return `CALLERROR ${answer.code}${answer.description === '' ? '' : `: ${answer.description}`}`;
    case 'none':
      return null;
  }
}

export function compareAnswers(recorded: Answer, now: Answer, context: Context): Comparison {
  if (recorded.is === 'result' && now.is === 'result') return compare(recorded.payload, now.payload, context);
  if (recorded.is === 'none' && now.is === 'none') return { differences: [], byRule: [] };
  if (recorded.is !== 'error' || now.is !== 'error' || recorded.code !== now.code)
    return { differences: [{ at: '', recorded: shown(recorded), now: shown(now) }], byRule: [] };
  const texts = { at: 'description', recorded: recorded.description, now: now.description };
  const isSame = recorded.description === now.description;
  return { differences: [], byRule: isSame ? [] : [{ ...texts, rule: 'text of an error' }] };
}
