import { setTimeout as delay } from 'node:timers/promises';
import { DisconnectedError } from './errors.ts';
import type { Payload, TransactionMessage } from './message.ts';
import type { Step } from './misbehaviour/misbehaviour.ts';

export interface RetryRule {
  /** TransactionMessageAttempts (1.6), MessageAttempts of TransactionEvent (2.0.1). */
  attempts: number;
  /** Wait before the next try, times the tries so far. */
  intervalMs: number;
}

type Send = (message: TransactionMessage) => Promise<Payload>;
export type Cut = Exclude<Step['kind'], 'send'>;

interface Entry {
  step: Step<TransactionMessage>;
  settle(acknowledged: boolean): void;
}

/**
 * Transaction messages in order, one at a time. A CALLERROR or a timeout is retried by the rule and then given up; a lost
 * connection costs no try (1.6 errata 3.18, 2.0.1 E12: queued while offline).
 */
export class TransactionQueue {
  readonly #rule: () => RetryRule;
  readonly #cut: (cut: Cut) => void;
  readonly #entries: Entry[] = [];
  readonly #idle: (() => void)[] = [];
  #send: Send | null = null;
  #pumping = false;
  #discarded = false;

  /** `cut` drops the link, when its turn comes. */
  constructor(rule: () => RetryRule, cut: (cut: Cut) => void) {
    this.#rule = rule;
    this.#cut = cut;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Whether what is pushed is sent at once. */
  get delivers(): boolean {
    return this.#send !== null;
  }

  /** Resolves to whether the CSMS acknowledged every message of them. */
  async push(...steps: Step<TransactionMessage>[]): Promise<boolean> {
    if (this.#discarded) return false;
    const outcomes = steps.map((step) => new Promise<boolean>((settle) => void this.#entries.push({ step, settle })));
    void this.#pump();
    return (await Promise.all(outcomes)).every(Boolean);
  }

  /** Delivers through `send` from now on. */
  resume(send: Send): void {
    this.#send = send;
    void this.#pump();
  }

  pause(): void {
    this.#send = null;
  }

  /** Gives up everything still waiting, and whatever comes later. */
  discard(): void {
    this.#discarded = true;
    this.pause();
    for (const { settle } of this.#entries.splice(0)) settle(false);
    this.#becameIdle();
  }

  /** Resolves when nothing waits any more. */
  drained(): Promise<void> {
    return this.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    let tries = 0;
    for (let entry = this.#entries[0]; entry && this.#send; entry = this.#entries[0]) {
      if (entry.step.kind !== 'send') {
        this.#entries.shift();
        this.pause();
        this.#cut(entry.step.kind);
        entry.settle(true);
        continue;
      }
      const outcome = await this.#attempt(this.#send, entry.step.message);
      if (outcome === 'disconnected') {
        // Resumed on a new connection meanwhile: goes on there; else waits for it.
        continue;
      }
      tries += 1;
      const { attempts, intervalMs } = this.#rule();
      if (outcome === 'failed' && tries < attempts) {
        await delay(intervalMs * tries, undefined, { ref: false });
        continue;
      }
      tries = 0;
      if (this.#entries[0] === entry) this.#entries.shift();
      entry.settle(outcome === 'acknowledged');
    }
    this.#pumping = false;
    if (this.size === 0) this.#becameIdle();
  }

  async #attempt(send: Send, message: TransactionMessage): Promise<'acknowledged' | 'failed' | 'disconnected'> {
    try {
      const answer = await send(message);
      message.acknowledged?.(answer);
      return 'acknowledged';
    } catch (error) {
      if (!(error instanceof DisconnectedError)) return 'failed';
      // The link is gone though nobody has paused us yet.
      if (this.#send === send) this.pause();
      return 'disconnected';
    }
  }

  #becameIdle(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
