import type { Payload } from '../message.ts';
import type { Step } from './recording.ts';

/** A CALL of the gateway now, and the recorded one that it corresponds to. */
export interface Came {
  action: string;
  payload: Payload;
  step?: Step;
}

/** The CALLs of the gateway: those of the recording, and those that come now. Of an action the first recorded one fits the first that comes. */
export class GatewayCalls {
  readonly came: Came[] = [];
  readonly #expected: Step[];
  readonly #waiting = new Map<Step, () => void>();

  constructor(steps: readonly Step[]) {
    this.#expected = steps.filter(({ exchange }) => exchange.call.message.direction === 'out');
  }

  take(action: string, payload: Payload): Came {
    const index = this.#expected.findIndex(({ exchange }) => exchange.call.message.action === action);
    const [step] = index < 0 ? [] : this.#expected.splice(index, 1);
    const came = { action, payload, ...(step && { step }) };
    this.came.push(came);
    if (step) this.#waiting.get(step)?.();
    return came;
  }

  /** It will not come any more. */
  giveUp(step: Step): void {
    const index = this.#expected.indexOf(step);
    if (index >= 0) this.#expected.splice(index, 1);
    this.#waiting.get(step)?.();
  }

  /** Whether it has come, or comes in time. */
  async comes(step: Step, timeoutMs: number): Promise<boolean> {
    if (this.#expected.includes(step) && timeoutMs > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#waiting.set(step, () => {
          clearTimeout(timer);
          resolve();
        });
      });
      this.#waiting.delete(step);
    }
    return !this.#expected.includes(step);
  }
}
