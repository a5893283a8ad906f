import { CallCorrelator, encodeCall, type CallError, type CorrelatorOutput, type Settlement } from '@ocpp-gw/ocpp-j';
import { randomUUID } from 'node:crypto';

/**
 * Number of CALLs whose late answers are still recognised. A charge point that owes more answers will answer none of
 * them.
 */
const LATE_ANSWERS = 16;

/** The answer of a charge point; see `validateTolerantly`. */
export interface Result {
  payload: unknown;
  exactly?: (() => unknown) | undefined;
}

export type CallEnd = Settlement | { kind: 'full' };

/**
 * Handles a CALLRESULT as soon as it arrives. What the charge point sends after it waits until this has resolved.
 * `late` is true when the CALL has already ended as a timeout; the charge point has carried it out all the same. Never
 * rejects.
 */
export type TakeAnswer = (result: Result, late: boolean) => Promise<void>;

export interface CallOptions {
  /** Once it is aborted, CALLs that still wait are not sent. */
  gone?: AbortSignal;
  answered?: TakeAnswer;
  /** Called when the CALL leaves. */
  sent?: (messageId: string) => void;
}

interface Waiting {
  end: PromiseWithResolvers<CallEnd>;
  answered: TakeAnswer;
  sent?: CallOptions['sent'];
}

const TAKES_NOTHING: TakeAnswer = () => Promise.resolve();

/** Shared by the queues of all owners. */
export interface OutboundQueuePorts<Owner> {
  send: (frame: string, owner: Owner) => void;
  /** Called when a CALL has to wait for the first message of the charge point. */
  held: (action: string, owner: Owner) => void;
  /** Called for an answer that ends no CALL. */
  unmatched: (id: string, owner: Owner) => void;
}

/**
 * The queue of CALLs to one charge point. One is outstanding, and none is sent before the first message of the charge
 * point. Owns their deadlines.
 */
export class OutboundQueue<Owner> {
  private readonly correlator: CallCorrelator;
  /** By id; like the overdue ones absent while there are none, as for most charge points at most times. */
  private waiting: Map<string, Waiting> | undefined;
  /** CALLs by id, oldest first. */
  private overdue: Map<string, TakeAnswer> | undefined;
  private deadlineTimer: NodeJS.Timeout | undefined;
  private holding = true;

  constructor(
    options: { maxQueued: number },
    private readonly ports: OutboundQueuePorts<Owner>,
    private readonly owner: Owner,
  ) {
    this.correlator = new CallCorrelator(options);
    // Some charge points close a connection on which a CALL precedes their boot (notes 4.10).
    this.correlator.hold();
  }

  /** Sends a CALL and resolves with its outcome. `deadline` is Unix milliseconds. Never rejects. */
  call(
    action: string,
    payload: Record<string, unknown>,
    deadline: number,
    { gone, answered = TAKES_NOTHING, sent }: CallOptions = {},
  ): Promise<CallEnd> {
    if (gone?.aborted) return Promise.resolve({ kind: 'cancelled' });
    // A UUID never repeats, on any connection of the station (notes 2.2).
    const id = randomUUID();
    const end = Promise.withResolvers<CallEnd>();
    this.waiting ??= new Map();
    this.waiting.set(id, { end, answered, sent });
    const submission = this.correlator.submit({ id, action, payload, deadline }, Date.now());
    if (submission.status === 'full') this.settle(id, { kind: 'full' });
    if (submission.status === 'queued' && this.holding) this.ports.held(action, this.owner);
    this.perform(submission.outputs);
    gone?.addEventListener('abort', () => this.perform(this.correlator.cancel(id)), { once: true });
    return end.promise;
  }

  /** Resolves when the effects of the answer are written. */
  result({ id, payload, exactly }: Result & { id: string }): Promise<void> {
    const late = this.overdue?.get(id);
    if (this.overdue?.delete(id) && this.overdue.size === 0) this.overdue = undefined;
    const waiting = this.waiting?.get(id);
    const outputs = this.correlator.onResult(id, payload, Date.now(), exactly);
    const counts = outputs.some((output) => output.kind === 'settle' && output.id === id);
    const result: Result = { payload, exactly };
    const taken = (counts ? waiting?.answered(result, false) : late?.(result, true)) ?? Promise.resolve();
    this.perform(outputs);
    return taken;
  }

  /** Ends a CALL at once whose answer is not JSON. */
  unreadable(id: string, text: string): void {
    this.perform(this.correlator.onUnreadable(id, text, Date.now()));
  }

  error(id: string, error: CallError): void {
    this.perform(this.correlator.onError(id, error, Date.now()));
  }

  /** Allows CALLs to be sent from now on. */
  release(): void {
    this.holding = false;
    this.perform(this.correlator.release(Date.now()));
  }

  /** Resolves when every CALL that exists now has ended. */
  async idle(): Promise<void> {
    await Promise.all([...(this.waiting?.values() ?? [])].map(({ end }) => end.promise));
  }

  /** Ends every CALL because the connection has ended. */
  close(): void {
    this.perform(this.correlator.close());
    clearTimeout(this.deadlineTimer);
  }

  private perform(outputs: readonly CorrelatorOutput[]): void {
    for (const output of outputs) {
      switch (output.kind) {
        case 'send':
          this.ports.send(encodeCall(output.id, output.action, output.payload), this.owner);
          this.waiting?.get(output.id)?.sent?.(output.id);
          break;
        case 'settle':
          if (output.settlement.kind === 'timeout') this.remember(output.id);
          this.settle(output.id, output.settlement);
          break;
        case 'unmatched':
          this.ports.unmatched(output.id, this.owner);
          break;
      }
    }
    this.armDeadline();
  }

  private settle(id: string, end: CallEnd): void {
    this.waiting?.get(id)?.end.resolve(end);
    if (this.waiting?.delete(id) && this.waiting.size === 0) this.waiting = undefined;
  }

  /** Remembers a CALL that timed out, because the charge point may still answer it on this connection. */
  private remember(id: string): void {
    const waiting = this.waiting?.get(id);
    if (!waiting) return;
    this.overdue ??= new Map();
    this.overdue.set(id, waiting.answered);
    const [oldest] = this.overdue.keys();
    if (this.overdue.size > LATE_ANSWERS && oldest !== undefined) this.overdue.delete(oldest);
  }

  private armDeadline(): void {
    clearTimeout(this.deadlineTimer);
    this.deadlineTimer = undefined;
    const next = this.correlator.nextDeadline();
    if (next === null) return;
    this.deadlineTimer = setTimeout(
      () => this.perform(this.correlator.tick(Date.now())),
      Math.max(0, next - Date.now()),
    );
    this.deadlineTimer.unref();
  }
}
