import type { ParsedFrame } from '@ocpp-gw/ocpp-j';
import { factsOfReceived, factsOfSent, type FrameFacts } from './frame-facts.ts';

/** A frame of one connection. `raw` still has its secrets. */
export interface RecordedFrame extends FrameFacts {
  direction: 'in' | 'out';
  /** Unix milliseconds. */
  at: number;
  /** Of an answer: milliseconds since its CALL; absent when that was not recorded. */
  latencyMs?: number;
  /** Place among the recorded frames of the connection, from 1. */
  number: number;
  raw: string;
}

interface Open {
  action: string;
  transactionId: string;
  /** Of the monotonic clock, milliseconds. */
  since: number;
}

/** CALLs of each side that wait for their answers. Who leaves more unanswered answers none. */
const MOST_OPEN = 64;

/** The frames of one connection, each answer with its CALL. */
export class Conversation {
  private readonly open = { in: new Map<string, Open>(), out: new Map<string, Open>() };
  private number = 0;

  received(raw: string, frame: ParsedFrame): RecordedFrame {
    return this.next('in', raw, factsOfReceived(frame));
  }

  sent(raw: string): RecordedFrame {
    return this.next('out', raw, factsOfSent(raw));
  }

  private next(direction: 'in' | 'out', raw: string, facts: FrameFacts): RecordedFrame {
    this.number += 1;
    const frame: RecordedFrame = { ...facts, direction, at: Date.now(), number: this.number, raw };
    if (facts.kind === 'call') {
      this.begin(this.open[direction], facts);
      return frame;
    }
    const calls = this.open[direction === 'in' ? 'out' : 'in'];
    const call = calls.get(facts.messageId);
    if (!call) return frame;
    calls.delete(facts.messageId);
    return {
      ...frame,
      action: call.action,
      transactionId: facts.transactionId || call.transactionId,
      latencyMs: performance.now() - call.since,
    };
  }

  private begin(calls: Map<string, Open>, { messageId, action, transactionId }: FrameFacts): void {
    calls.set(messageId, { action, transactionId, since: performance.now() });
    const [oldest] = calls.keys();
    if (calls.size > MOST_OPEN && oldest !== undefined) calls.delete(oldest);
  }
}
