import type { Acknowledged } from '../books/facts.ts';

export type Payload = Record<string, unknown>;

export interface Call {
  action: string;
  payload: Payload;
}

/** One look at a charger's meter; a charger's readings differ in time and in energy, so each names itself. */
export interface Reading {
  at: Date;
  wh: number;
}

/** A message that a charger keeps until it is acknowledged. */
export interface TransactionMessage {
  action: string;
  /** Made when it is sent: in 1.6 it needs the number that the start was answered. */
  payload(): Payload;
  /** What the answer acknowledges. */
  entry(answer: Payload): Omit<Acknowledged, 'cpId'>;
}

export interface Transaction {
  started(reading: Reading): TransactionMessage;
  metered(reading: Reading): TransactionMessage;
  ended(reading: Reading): TransactionMessage;
}

/** What a charger says, by its version. */
export interface Dialect {
  subprotocol: string;
  boot(): Call;
  status(charging: boolean, at: Date): Call;
  begin(idToken: string): Transaction;
}
