import type { ErrorCode } from './dialect.ts';

/** A CALL of ours. Times are milliseconds of whatever clock the caller uses throughout. */
export interface OutboundCall {
  /** Never used before, on any connection of the station (notes 2.2). */
  id: string;
  action: string;
  payload: Record<string, unknown>;
  deadline: number;
}

/** A charger's CALLERROR. */
export interface CallError {
  /** The meaning of the charger's code, in our spelling. */
  code: ErrorCode;
  /** The code as the charger wrote it; empty when it wrote none. */
  word: string;
  description: string;
  details: Record<string, unknown>;
}

/** How a CALL of ours ended. */
export type Settlement =
  | { kind: 'result'; payload: unknown; exactly?: () => unknown }
  | ({ kind: 'callerror' } & CallError)
  /** The answer is no JSON; `text` is its beginning. */
  | { kind: 'unreadable'; text: string }
  /** Sent, and no answer before the deadline. */
  | { kind: 'timeout' }
  /** Never sent: the deadline passed in the queue. */
  | { kind: 'expired' }
  /** Never sent: taken back in the queue. */
  | { kind: 'cancelled' }
  | { kind: 'disconnected'; sent: boolean };

/** What the caller has to do, in this order. */
export type CorrelatorOutput =
  | { kind: 'send'; id: string; action: string; payload: Record<string, unknown> }
  | { kind: 'settle'; id: string; settlement: Settlement }
  /** An answer that no waiting CALL expects: it is late, or the charger made up its id. It is dropped (notes 2.5). */
  | { kind: 'unmatched'; id: string };

export interface Submission {
  /** `settled`: ended at once (deadline passed or closed), as the outputs say. `full`: not taken, no output. */
  status: 'sent-now' | 'queued' | 'settled' | 'full';
  outputs: readonly CorrelatorOutput[];
}

/**
 * The outbound queue of one connection (notes 2.5): at most one CALL outstanding, the rest queued with a bound.
 * Does no I/O and reads no clock; every submitted CALL that is not refused as `full` settles exactly once.
 */
export class CallCorrelator {
  private readonly maxQueued: number;
  private queue: OutboundCall[] = [];
  private outstanding: OutboundCall | null = null;
  private held = false;
  private closed = false;

  constructor(options: { maxQueued: number }) {
    this.maxQueued = options.maxQueued;
  }

  get queued(): number {
    return this.queue.length;
  }

  submit(call: OutboundCall, now: number): Submission {
    if (this.closed) return { status: 'settled', outputs: [settle(call, { kind: 'disconnected', sent: false })] };
    if (call.deadline <= now) return { status: 'settled', outputs: [settle(call, { kind: 'expired' })] };
    const waits = this.held || this.outstanding !== null;
    if (waits && this.queue.length >= this.maxQueued) return { status: 'full', outputs: [] };
    this.queue.push(call);
    const outputs = this.sendNext(now);
    return { status: this.outstanding === call ? 'sent-now' : 'queued', outputs };
  }

  onResult(id: string, payload: unknown, now: number, exactly?: () => unknown): readonly CorrelatorOutput[] {
    return this.answered(id, { kind: 'result', payload, ...(exactly && { exactly }) }, now);
  }

  /** The answer could not be read. No other answer will come, so the CALL ends. */
  onUnreadable(id: string, text: string, now: number): readonly CorrelatorOutput[] {
    return this.answered(id, { kind: 'unreadable', text }, now);
  }

  onError(id: string, error: CallError, now: number): readonly CorrelatorOutput[] {
    const { code, word, description, details } = error;
    return this.answered(id, { kind: 'callerror', code, word, description, details }, now);
  }

  /** Takes back a CALL that is still in the queue; one that has left goes on. */
  cancel(id: string): readonly CorrelatorOutput[] {
    const call = this.queue.find((queued) => queued.id === id);
    if (!call) return [];
    this.queue = this.queue.filter((queued) => queued !== call);
    return [settle(call, { kind: 'cancelled' })];
  }

  /** Ends what has passed its deadline. Call it at {@link nextDeadline}; calling it more often does no harm. */
  tick(now: number): readonly CorrelatorOutput[] {
    const outputs: CorrelatorOutput[] = [];
    if (this.outstanding && this.outstanding.deadline <= now) {
      outputs.push(settle(this.outstanding, { kind: 'timeout' }));
      this.outstanding = null;
    }
    outputs.push(...this.sendNext(now));
    return outputs;
  }

  /** When {@link tick} has something to do next; null when nothing waits. */
  nextDeadline(): number | null {
    const waiting = this.outstanding ? [this.outstanding, ...this.queue] : this.queue;
    return waiting.length === 0 ? null : Math.min(...waiting.map((call) => call.deadline));
  }

  /** From now on CALLs wait in the queue until the station has sent its first message (notes 2.9). */
  hold(): void {
    this.held = true;
  }

  release(now: number): readonly CorrelatorOutput[] {
    this.held = false;
    return this.sendNext(now);
  }

  /** Ends every CALL because the connection has ended. */
  close(): readonly CorrelatorOutput[] {
    this.closed = true;
    const outputs: CorrelatorOutput[] = [];
    if (this.outstanding) outputs.push(settle(this.outstanding, { kind: 'disconnected', sent: true }));
    for (const call of this.queue) outputs.push(settle(call, { kind: 'disconnected', sent: false }));
    this.outstanding = null;
    this.queue = [];
    return outputs;
  }

  /** An answer counts as long as its CALL is outstanding, even when the tick at the deadline is overdue. */
  private answered(id: string, settlement: Settlement, now: number): readonly CorrelatorOutput[] {
    if (this.outstanding?.id !== id) return [{ kind: 'unmatched', id }];
    const outputs = [settle(this.outstanding, settlement)];
    this.outstanding = null;
    return [...outputs, ...this.sendNext(now)];
  }

  private sendNext(now: number): CorrelatorOutput[] {
    const outputs: CorrelatorOutput[] = [];
    this.queue = this.queue.filter((call) => {
      if (call.deadline > now) return true;
      outputs.push(settle(call, { kind: 'expired' }));
      return false;
    });
    if (this.held || this.outstanding) return outputs;
    const next = this.queue.shift();
    if (!next) return outputs;
    this.outstanding = next;
    outputs.push({ kind: 'send', id: next.id, action: next.action, payload: next.payload });
    return outputs;
  }
}

function settle(call: OutboundCall, settlement: Settlement): CorrelatorOutput {
  return { kind: 'settle', id: call.id, settlement };
}
