import type { ChargingSession, Connector, StopCause } from './connector.ts';
import type { Message, Payload, Reply, TransactionMessage } from './message.ts';

export type Registration = 'Accepted' | 'Pending' | 'Rejected';
export type BootCause = 'PowerUp' | 'RemoteReset' | 'FirmwareUpdate' | 'Triggered';

/** The messages of one charging transaction. */
export interface Transaction {
  started(): TransactionMessage;
  /** Energy begins to flow; 1.6 has no message for it. */
  charging(): TransactionMessage | null;
  metered(why: 'Periodic' | 'Trigger'): TransactionMessage;
  ended(cause: StopCause): TransactionMessage;
}

/** One OCPP version, as a charger speaks it. */
export interface Station {
  readonly subprotocol: 'ocpp1.6' | 'ocpp2.0.1';
  boot(cause: BootCause): Message;
  /** What a connector's status is called in this version. */
  statusOf(connector: Connector): string;
  /** Null stands for the whole station; null back where the version reports no such status. */
  status(connector: Connector | null): Message | null;
  authorize(idToken: string, idTokenType: string | undefined): Message;
  authorizationStatus(answer: Payload): string;
  transaction(session: ChargingSession): Transaction;
  /** A reservation ran out unused. */
  reservationExpired(reservationId: number): Message | null;
  /** Null: no such action in this version. */
  answer(action: string, payload: Payload): Reply | null;
}
