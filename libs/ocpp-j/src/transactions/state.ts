import type { EndInference, Money, UnassignedReason } from '@ocpp-gw/contracts';
import type { IdToken, StartKey } from '../effects.ts';
import type { EnergyCurve } from '../energy/index.ts';
import type { TransactionMessage } from './message.ts';
import type { RegisterBook } from '../registers/index.ts';

/** Where a message stands in its transaction: by the charger's time, then by its seqNo. */
export interface Place {
  /** Unix milliseconds. */
  at: number;
  seq: number;
}

export interface TransactionEnd extends Place {
  /** As the charger reported it; {@link INFERRED_REASON} where it reported none. */
  reason: string;
  /** Null when the charger reported the end. */
  inferred: EndInference | null;
  /** Unix milliseconds. */
  receivedAt: number;
}

/** What speaks against a transaction that is said to run. */
export type SuspectReason = 'boot' | 'available';

/** All that is known of one transaction, or of one stop that belongs to none so far. Times are Unix milliseconds. */
export interface TransactionState {
  /** Unique within the charge point. 1.6: the gateway's number; 2.0.1: see {@link gatewayTransactionId}. */
  transactionId: string;
  /** As the charge point says it, in characters that can be kept: see {@link gatewayTransactionId}. */
  stationTransactionId: string;
  protocol: string;
  /** 2.0.1: the station names and numbers its transactions. 1.6: the gateway does. */
  stationNamed: boolean;
  state: 'active' | 'ended';
  startSeen: boolean;
  /** 0 when it is unknown. */
  evseId: number;
  connectorId: number;
  idToken: IdToken | null;
  idTokenStatus: string | null;
  idTokenPlace: Place | null;
  /** The group of the token that started it, as the backend authorized it. */
  groupToken: string | null;
  /** The time of the start; until the start has come, of the earliest message. */
  start: Place;
  /** The time of the start is its receive time. */
  startAssumed: boolean;
  startReceivedAt: number;
  /** When its first message was received. It never changes, so that its events can be filed by it. */
  firstHeardAt: number;
  /** 1.6: what the start said. */
  startKey: StartKey | null;
  end: TransactionEnd | null;
  chargingState: string | null;
  chargingStatePlace: Place | null;
  totalCost: number | null;
  /** The same in its currency; null where the backend named none. */
  cost: Money | null;
  totalCostPlace: Place | null;
  remoteStartId: number | null;
  reservationId: number | null;
  registers: RegisterBook;
  /** What was published of its energy; null before the first interval. */
  curve: EnergyCurve | null;
  /** The least by which a message came later than its own time says; negative: before it. Null while none has a time. Milliseconds. */
  delayMs: number | null;
  /** What is published of it has changed after it had ended. */
  corrected: boolean;
  /** Sequence numbers seen, as closed ranges in ascending order (2.0.1). */
  seen: readonly (readonly [number, number])[];
  /** The latest time in a message, and when the latest message was received. */
  lastEventAt: number;
  lastHeardAt: number;
  suspect: { since: number; reason: SuspectReason } | null;
  /** Set for a stop that belongs to no transaction so far. */
  unassigned: UnassignedReason | null;
  /** What that stop said, until it is assigned. */
  stop: TransactionMessage | null;
  /** The transaction that this stop turned out to end. */
  assignedTo: string | null;
  gapsFinal: boolean;
  messagesInQueue: boolean | null;
  /** Grows with each change of what is published of it. */
  revision: number;
  /** Digests of its messages; see {@link TransactionMessage.digest}. Kept beside the state. */
  digests: readonly string[];
}

/** A remote start that was sent, not refused, and that no transaction belongs to yet (1.6, whose start does not name it). */
export interface PendingRemoteStart {
  remoteStartId: number;
  idToken: string;
  /** 0: the charger chooses. */
  connectorId: number;
  /** When it was sent; Unix milliseconds. */
  sentAt: number;
}

/** What one charge point's transactions are, as far as a message can mean one of them. */
export interface Ledger {
  /** Grows with each write; a write on an older one is refused. */
  version: number;
  transactions: readonly TransactionState[];
  remoteStarts: readonly PendingRemoteStart[];
}

export const EMPTY_LEDGER: Ledger = { version: 0, transactions: [], remoteStarts: [] };

/** The stop reason of an end that the charger never reported; it is no reason of the protocol. */
export const INFERRED_REASON = 'EndLost';

/** A stop that is not of any transaction, or that was found to end another. */
export function isStopRecord({ unassigned, assignedTo }: TransactionState): boolean {
  return unassigned !== null || assignedTo !== null;
}

export function before(one: Place, other: Place): boolean {
  return one.at < other.at || (one.at === other.at && one.seq < other.seq);
}
