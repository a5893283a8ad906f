import { CallError } from './errors.ts';
import type { Payload, Reply } from './message.ts';
import type { Station } from './station.ts';

/** How many CALLs of the CSMS are remembered. */
const MEMORY = 1000;

export interface ReceivedCall {
  at: Date;
  action: string;
  payload: Payload;
}

export type CallOverride = (payload: Payload) => object | Promise<object>;

/** The CSMS's CALLs. They are remembered, and answered by the station unless a test answers them. */
export class CsmsCalls {
  readonly received: ReceivedCall[] = [];
  readonly #overrides = new Map<string, CallOverride>();

  /** Null gives the action back to the station. */
  override(action: string, answer: CallOverride | null): void {
    if (answer) this.#overrides.set(action, answer);
    else this.#overrides.delete(action);
  }

  /** @throws CallError to be answered with a CALLERROR */
  async answer(station: Station, action: string, payload: Payload): Promise<Reply> {
    this.received.push({ at: new Date(), action, payload });
    if (this.received.length > MEMORY) this.received.shift();
    const override = this.#overrides.get(action);
    const reply = override ? { payload: await override(payload) } : station.answer(action, payload);
    if (!reply) throw new CallError('NotImplemented', `${station.subprotocol} has no ${action} to a charger`);
    return reply;
  }
}
