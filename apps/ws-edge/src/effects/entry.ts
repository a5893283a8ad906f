import type { CertificateHash } from '@ocpp-gw/contracts';
import type {
  Change,
  Effect,
  TransactionEndedEffect,
  TransactionStartedEffect,
  TransactionUpdatedEffect,
} from '@ocpp-gw/ocpp-j';
import type { Planned } from './transactions/planned.ts';

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
  /** Of a password that is offered; see {@link prepare}. */
  passwordHash?: string;
  /** Of a certificate that was installed; null where it cannot be known. */
  certificateHash?: CertificateHash | null;
  /** Of meter values: how often the same was said before, with others in between; see {@link Occurrences}. */
  occurrence?: number;
  /** What it makes of the station's transactions; absent: nothing. */
  transactions?: Planned;
}

/** What a transaction of a station was and is. */
export type StationChange = Change & { cpId: string };

/** What the rows said when the effect was written. */
export interface Written {
  /** False: a repetition of what is committed already. Nothing changed, and nothing is emitted. */
  fresh: boolean;
  /** Of a report that is complete by it: how many parts it has. */
  parts?: number;
  /** Of each notification in the effect, when it was received; null: it repeats what is known, and is told nobody. */
  received?: readonly (Date | null)[];
}

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
