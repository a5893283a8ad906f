import type { RecordedMessage } from '../conversation.ts';

type Call = Pick<RecordedMessage, 'direction' | 'connectionId' | 'messageId'>;

/**
 * The CALLs that wait for their answer. An answer belongs to the latest CALL before it that has the same message id, went the
 * other way, and has no answer yet; where connections are known, both are of one connection.
 */
export class WaitingCalls<T> {
  private readonly waiting = new Map<string, T[]>();

  add(call: Call, value: T): void {
    const key = keyOf(call, call.direction);
    const others = this.waiting.get(key);
    if (others) others.push(value);
    else this.waiting.set(key, [value]);
  }

  /** Takes out the CALL of an answer; undefined when there is none. */
  take(answer: Call): T | undefined {
    const key = keyOf(answer, answer.direction === 'in' ? 'out' : 'in');
    const found = this.waiting.get(key);
    const value = found?.pop();
    if (found?.length === 0) this.waiting.delete(key);
    return value;
  }
}

function keyOf({ connectionId, messageId }: Call, direction: string): string {
  return `${direction} ${connectionId} ${messageId}`;
}
