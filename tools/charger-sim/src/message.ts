import type { Reading } from './meter.ts';
import type { Sending } from './misbehaviour/misbehaviour.ts';

/** A CALL's or CALLRESULT's payload as it comes off the wire. */
export type Payload = Record<string, unknown>;

export interface Message {
  action: string;
  payload: object;
}

/**
 * A message whose loss would cost money: queued while offline, retried, delivered in order.
 * The payload is made when it is sent: a 1.6 StopTransaction needs the id that the start's answer brings.
 */
export interface TransactionMessage extends Sending {
  /** What it tells. */
  reading: Reading & { trueAt: Date };
  /** The driver. */
  idToken: string;
  acknowledged?(answer: Payload): void;
}

/** What a CALL of the CSMS is answered, and what happens once the answer has left (OCPP-J: reply first, then send). */
export interface Reply<Response extends object = object> {
  payload: Response;
  after?: () => void | Promise<void>;
}
