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
  /** As registered. */
  cpId: string;
  /** OCPP subprotocol of the connection. */
  protocol: string;
}

/** What brought effects about, where it is known. */
export interface Cause {
  /** Of the CALL. */
  messageId?: string;
  /** W3C trace context of the command. */
  traceparent?: string;
}

/** What an effect makes of the station's ledger. `outcome` is of a message that means a transaction. */
export type Decided = Omit<Recorded, 'outcome'> & { outcome?: Recorded['outcome']; message?: TransactionMessage };

/** Based on a version of the ledger, and whether it is a write of it. */
export type Planned = Decided & { version: number; writes: boolean };

/** One effect of one station's CALL: what the statements and events are made from. */
export interface Entry<E extends Effect = Effect> {
  station: Station;
  effect: E;
  /** Receive time of the CALL. */
  now: Date;
  /** Which effect of which CALL it is, by the message id. */
  call?: string;
  /** W3C trace context of the command that brought it about. */
  traceparent?: string;
  /** Of a password that is offered. */
  passwordHash?: string;
  /** Of a certificate that was installed; null where it cannot be known. */
  certificateHash?: CertificateHash | null;
  /** Of meter values: how often the same was said before, with others in between. */
  occurrence?: number;
  /** What it makes of the station's transactions; absent: nothing. */
  transactions?: Planned;
}

/** What a transaction of a station was and is. */
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
