import { CallCorrelator, encodeCall, type CallError, type CorrelatorOutput, type Settlement } from '@ocpp-gw/ocpp-j';
import { randomUUID } from 'node:crypto';

/** CALLs whose answers may come late and still be told; a charger that owes more answers none of them any more. */
const LATE_ANSWERS = 16;

/** What a charger answered; see `validateTolerantly`. */
export interface Result {
  payload: unknown;
  exactly?: (() => unknown) | undefined;
}

export type CallEnd = Settlement | { kind: 'full' };

/**
 * Takes in a CALLRESULT at the moment it arrives; what the charger sends behind it waits until this has resolved. `late`: its
 * CALL has ended as a timeout, and what the charger says it has done, it has done all the same. Never rejects.
 */
export type TakeAnswer = (result: Result, late: boolean) => Promise<void>;

export interface CallOptions {
  /** Once it is aborted, what still waits is not sent any more. */
  gone?: AbortSignal;
  answered?: TakeAnswer;
}

interface Waiting {
  end: PromiseWithResolvers<CallEnd>;
  answered: TakeAnswer;
}

const TAKES_NOTHING: TakeAnswer = () => Promise.resolve();

export interface OutboundLanePorts {
  send: (frame: string) => void;
  /** A CALL has to wait until the charger has spoken. */
  held: (action: string) => void;
  /** An answer that ends no CALL. */
  unmatched: (id: string) => void;
}

/** CALLs to one charger: one outstanding, the rest queued, none before the charger has spoken. Owns their deadlines. */
export class OutboundLane {
  private readonly ports: OutboundLanePorts;
  private readonly correlator: CallCorrelator;
  private readonly waiting = new Map<string, Waiting>();
  /** By id, oldest first. */
  private readonly overdue = new Map<string, TakeAnswer>();
  private deadlineTimer: NodeJS.Timeout | undefined;
  private holding = true;

  constructor(options: { maxQueued: number }, ports: OutboundLanePorts) {
    this.ports = ports;
    this.correlator = new CallCorrelator(options);
    // The gateway speaks first to nobody: some chargers drop a link on which a CALL precedes their boot (notes 4.10).
    this.correlator.hold();
  }

  /** Sends a CALL and tells how it ended. `deadline` is Unix milliseconds. Never rejects. */
  call(
    action: string,
    payload: Record<string, unknown>,
    deadline: number,
    { gone, answered = TAKES_NOTHING }: CallOptions = {},
  ): Promise<CallEnd> {
    if (gone?.aborted) return Promise.resolve({ kind: 'cancelled' });
    // A UUID never repeats, on any connection of the station (notes 2.2).
    const id = randomUUID();
    const end = Promise.withResolvers<CallEnd>();
    this.waiting.set(id, { end, answered });
    const submission = this.correlator.submit({ id, action, payload, deadline }, Date.now());
    if (submission.status === 'full') this.settle(id, { kind: 'full' });
    if (submission.status === 'queued' && this.holding) this.ports.held(action);
    this.perform(submission.outputs);
    gone?.addEventListener('abort', () => this.perform(this.correlator.cancel(id)), { once: true });
    return end.promise;
  }

  /** Resolves when what the answer says has been taken in. */
  result({ id, payload, exactly }: Result & { id: string }): Promise<void> {
    const late = this.overdue.get(id);
    this.overdue.delete(id);
    const waiting = this.waiting.get(id);
    const outputs = this.correlator.onResult(id, payload, Date.now(), exactly);
    const counts = outputs.some((output) => output.kind === 'settle' && output.id === id);
    const result: Result = { payload, exactly };
    const taken = (counts ? waiting?.answered(result, false) : late?.(result, true)) ?? Promise.resolve();
    this.perform(outputs);
    return taken;
  }

  /** An answer came that is no JSON: whoever waits for it is told so at once. */
  unreadable(id: string, text: string): void {
    this.perform(this.correlator.onUnreadable(id, text, Date.now()));
  }

  error(id: string, error: CallError): void {
    this.perform(this.correlator.onError(id, error, Date.now()));
  }

  /** From now on CALLs leave. */
  release(): void {
    this.holding = false;
    this.perform(this.correlator.release(Date.now()));
  }

  /** Resolves when every CALL of now has ended. */
  async idle(): Promise<void> {
    await Promise.all([...this.waiting.values()].map(({ end }) => end.promise));
  }

  /** The connection has ended, and with it every CALL. */
  close(): void {
    this.perform(this.correlator.close());
    clearTimeout(this.deadlineTimer);
  }

  private perform(outputs: readonly CorrelatorOutput[]): void {
    for (const output of outputs) {
      switch (output.kind) {
        case 'send':
          this.ports.send(encodeCall(output.id, output.action, output.payload));
          break;
        case 'settle':
          if (output.settlement.kind === 'timeout') this.remember(output.id);
          this.settle(output.id, output.settlement);
          break;
        case 'unmatched':
          this.ports.unmatched(output.id);
          break;
      }
    }
    this.armDeadline();
  }

  private settle(id: string, end: CallEnd): void {
    this.waiting.get(id)?.end.resolve(end);
    this.waiting.delete(id);
  }

  /** The charger may answer on this connection after all. */
  private remember(id: string): void {
    const waiting = this.waiting.get(id);
    if (waiting) this.overdue.set(id, waiting.answered);
    const [oldest] = this.overdue.keys();
    if (this.overdue.size > LATE_ANSWERS && oldest !== undefined) this.overdue.delete(oldest);
  }

  private armDeadline(): void {
    clearTimeout(this.deadlineTimer);
    const next = this.correlator.nextDeadline();
    if (next === null) return;
    this.deadlineTimer = setTimeout(
      () => this.perform(this.correlator.tick(Date.now())),
      Math.max(0, next - Date.now()),
    );
    this.deadlineTimer.unref();
  }
}
