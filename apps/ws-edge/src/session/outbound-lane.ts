import { CallCorrelator, encodeCall, type CorrelatorOutput, type ErrorCode, type Settlement } from '@ocpp-gw/ocpp-j';
import { randomUUID } from 'node:crypto';

/** CALLs whose answers may come late and still be told; a charger that owes more answers none of them any more. */
const LATE_ANSWERS = 16;

/** What a charger answered; see `validateTolerantly`. */
export interface Result {
  payload: unknown;
  exactly?: (() => unknown) | undefined;
}

export type CallEnd =
  | Exclude<Settlement, { kind: 'timeout' }>
  /** `late` resolves if the charger answers on this connection after all: what it says it has done, it has done. */
  | { kind: 'timeout'; late: Promise<Result> }
  | { kind: 'full' };

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
  private readonly waiting = new Map<string, PromiseWithResolvers<CallEnd>>();
  /** By id, oldest first. */
  private readonly overdue = new Map<string, (result: Result) => void>();
  private deadlineTimer: NodeJS.Timeout | undefined;
  private holding = true;

  constructor(options: { maxQueued: number }, ports: OutboundLanePorts) {
    this.ports = ports;
    this.correlator = new CallCorrelator(options);
    // The gateway speaks first to nobody: some chargers drop a link on which a CALL precedes their boot (notes 4.10).
    this.correlator.hold();
  }

  /**
   * Sends a CALL and tells how it ended. `deadline` is Unix milliseconds; once `gone` is aborted, what still waits is not
   * sent any more. Never rejects.
   */
  call(action: string, payload: Record<string, unknown>, deadline: number, gone?: AbortSignal): Promise<CallEnd> {
    if (gone?.aborted) return Promise.resolve({ kind: 'cancelled' });
    // A UUID never repeats, on any connection of the station (notes 2.2).
    const id = randomUUID();
    const end = Promise.withResolvers<CallEnd>();
    this.waiting.set(id, end);
    const submission = this.correlator.submit({ id, action, payload, deadline }, Date.now());
    if (submission.status === 'full') this.settle(id, { kind: 'full' });
    if (submission.status === 'queued' && this.holding) this.ports.held(action);
    this.perform(submission.outputs);
    gone?.addEventListener('abort', () => this.perform(this.correlator.cancel(id)), { once: true });
    return end.promise;
  }

  result({ id, payload, exactly }: Result & { id: string }): void {
    this.overdue.get(id)?.({ payload, exactly });
    this.overdue.delete(id);
    this.perform(this.correlator.onResult(id, payload, Date.now(), exactly));
  }

  /** An answer came that is no JSON: whoever waits for it is told so at once. */
  unreadable(id: string, text: string): void {
    this.perform(this.correlator.onUnreadable(id, text, Date.now()));
  }

  error(id: string, error: { code: ErrorCode; description: string; details: Record<string, unknown> }): void {
    this.perform(this.correlator.onError(id, error, Date.now()));
  }

  /** From now on CALLs leave. */
  release(): void {
    this.holding = false;
    this.perform(this.correlator.release(Date.now()));
  }

  /** Resolves when every CALL of now has ended. */
  async idle(): Promise<void> {
    await Promise.all([...this.waiting.values()].map(({ promise }) => promise));
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
          this.settle(
            output.id,
            output.settlement.kind === 'timeout' ? this.overdueFrom(output.id) : output.settlement,
          );
          break;
        case 'unmatched':
          this.ports.unmatched(output.id);
          break;
      }
    }
    this.armDeadline();
  }

  private settle(id: string, end: CallEnd): void {
    this.waiting.get(id)?.resolve(end);
    this.waiting.delete(id);
  }

  private overdueFrom(id: string): CallEnd {
    const { promise, resolve } = Promise.withResolvers<Result>();
    this.overdue.set(id, resolve);
    const [oldest] = this.overdue.keys();
    if (this.overdue.size > LATE_ANSWERS && oldest !== undefined) this.overdue.delete(oldest);
    return { kind: 'timeout', late: promise };
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
