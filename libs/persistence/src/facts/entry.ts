import type { CertificateHash } from '@ocpp-gw/contracts';
import type {
  Change,
  Effect,
  Recorded,
  TransactionEndedEffect,
  TransactionMessage,
  TransactionStartedEffect,
  TransactionUpdatedEffect,
} from '@ocpp-gw/ocpp-j';

export interface Station {
  /** The identity as it was registered. */
  cpId: string;
  /** OCPP subprotocol of the connection. */
  protocol: string;
}

/** The cause of effects, where it is known. */
export interface Cause {
  /** The message id of the CALL. */
  messageId?: string;
  /** W3C trace context of the command. */
  traceparent?: string;
}

/** The ledger after an effect. `outcome` is set when the message is about a transaction. */
export type Decided = Omit<Recorded, 'outcome'> & { outcome?: Recorded['outcome']; message?: TransactionMessage };

/** The decision, the version of the ledger it is based on, and whether it writes the ledger. */
export type Planned = Decided & { version: number; writes: boolean };

/** One effect of one station's CALL: what the statements and events are made from. */
export interface Entry<E extends Effect = Effect> {
  station: Station;
  effect: E;
  /** Receive time of the CALL. */
  now: Date;
  /** Names the effect by the message id of its CALL and its position. */
  call?: string;
  /** W3C trace context of the command that caused the effect. */
  traceparent?: string;
  /** Hash of the password that the effect offers. */
  passwordHash?: string;
  /** Hash data of the certificate that was installed; null when they cannot be known. */
  certificateHash?: CertificateHash | null;
  /** How often the same meter values were sent before with others in between. */
  occurrence?: number;
  /** How the effect changes the transactions of the charge point; absent when it changes none. */
  transactions?: Planned;
}

/** A transaction before and after the effect. */
export type StationChange = Change & { cpId: string };

export type TransactionEffect = TransactionStartedEffect | TransactionUpdatedEffect | TransactionEndedEffect;
export type TransactionEntry = Entry<TransactionEffect>;

export type EntryOf<Kind extends Effect['kind']> = Entry<Extract<Effect, { kind: Kind }>>;

export function isKind<Kind extends Effect['kind']>(kind: Kind, entry: Entry): entry is EntryOf<Kind> {
  return entry.effect.kind === kind;
}

export function isTransaction(entry: Entry): entry is TransactionEntry {
  return (
    isKind('transactionStarted', entry) || isKind('transactionUpdated', entry) || isKind('transactionEnded', entry)
  );
}
