import type { Reading } from './meter.ts';

/** A CALL's or CALLRESULT's payload as it comes off the wire. */
export type Payload = Record<string, unknown>;

export interface Message {
  action: string;
  payload: object;
}

/** `idle`: a reading that belongs to no session. */
export type Role = 'start' | 'update' | 'stop' | 'idle';

/** A message about a session, on its way to the CSMS. */
export interface Sending {
  action: string;
  role: Role;
  /** Which of the charger's sessions, from 1 on. */
  session: number;
  connector: number;
  /** The register that it tells, Wh. */
  registerWh: number;
  /** Made when it is sent: a 1.6 StopTransaction needs the number that the start was answered. */
  payload(): object;
  /** Sent before, with the same content. */
  repeats?: boolean;
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
  /** The id that it was sent under, where the charger keeps ids. */
  messageId?: string | number;
  acknowledged?(answer: Payload): void;
}

/** What a CALL of the CSMS is answered, and what happens once the answer has left (OCPP-J: reply first, then send). */
export interface Reply<Response extends object = object> {
  payload: Response;
  after?: () => void | Promise<void>;
}
