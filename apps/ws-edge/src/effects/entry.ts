import type { CertificateHash } from '@ocpp-gw/contracts';
import type {
  Change,
  Effect,
  TransactionEndedEffect,
  TransactionStartedEffect,
  TransactionUpdatedEffect,
} from '@ocpp-gw/ocpp-j';
import type { Planned } from './transactions/decide-entries.ts';

export interface Station {
  /** The identity as it was registered. */
  cpId: string;
  /** OCPP subprotocol of the connection. */
  protocol: string;
}

/** One effect of one station's CALL: what the statements and events are made from. */
export interface Entry<E extends Effect = Effect> {
  station: Station;
  effect: E;
  /** Receive time of the CALL. */
  now: Date;
  /** Names the effect by the message id of its CALL and its position. */
  call?: string;
  /** Hash of the password that the effect offers; see {@link prepare}. */
  passwordHash?: string;
  /** Hash data of the certificate that was installed; null when they cannot be known. */
  certificateHash?: CertificateHash | null;
  /** How often the same meter values were sent before with others in between; see {@link Occurrences}. */
  occurrence?: number;
  /** How the effect changes the transactions of the charge point; absent when it changes none. */
  transactions?: Planned;
}

/** A transaction before and after the effect. */
export type StationChange = Change & { cpId: string };

/** The result of writing the effect. */
export interface Written {
  /** False for a repetition of what is already committed: nothing was changed and nothing is published. */
  fresh: boolean;
  /** Number of parts of the report that this effect completes; absent when it completes none. */
  parts?: number;
  /** Receive time of each notification in the effect; null when it repeats what is known and is not published. */
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
