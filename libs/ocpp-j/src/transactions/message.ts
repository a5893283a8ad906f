import type { Money } from '@ocpp-gw/contracts';
import type { IdToken, StartKey } from '../effects.ts';
import type { RegisterBook } from '../registers/index.ts';

/**
 * What a message says of a transaction: the evidence, in terms that do not depend on the OCPP version. Times are Unix
 * milliseconds.
 */
export interface TransactionMessage {
  kind: 'started' | 'updated' | 'ended' | 'reading';
  protocol: string;
  /** 2.0.1: `id` is the station's. 1.6: the gateway's number. */
  stationNamed: boolean;
  /**
   * Null: it names none (1.6: -1, 0, beyond 32 bits). For a 1.6 start it is the number reserved for it. For 2.0.1 see
   * {@link gatewayTransactionId}.
   */
  id: string | null;
  /** As sent, where `id` is null. */
  rawId?: string;
  seqNo?: number;
  evseId: number;
  connectorId: number;
  at: number;
  /** The charger's clock cannot be used, so the time is the receive time. */
  assumed: boolean;
  receivedAt: number;
  /** Equal where two messages say the same, whatever their message ids. */
  digest: string;
  idToken?: IdToken;
  idTokenStatus?: string;
  groupToken?: string;
  /** Register at the start or stop, Wh, if the message has one. */
  startWh?: number;
  stopWh?: number;
  registers: RegisterBook;
  /** Of an end. */
  reason?: string;
  chargingState?: string;
  totalCost?: number;
  /** Absent where the backend named no currency. */
  cost?: Money;
  remoteStartId?: number;
  reservationId?: number;
  /** 1.6: the start's natural key. */
  startKey?: StartKey;
}

/** Which transaction a message means. */
export type Outcome =
  | { is: 'this'; transactionId: string }
  /** `reused`: another transaction had the id before. */
  | { is: 'new'; transactionId: string; reused: boolean }
  | { is: 'repetition'; transactionId: string }
  /** It corrects what was known or inferred before. */
  | { is: 'correction'; transactionId: string }
  /** A stop is kept under `transactionId`; a reading belongs to no session and has none. */
  | { is: 'unassigned'; transactionId: string | null; why: 'no_transaction_fits' | 'several_transactions_fit' };
