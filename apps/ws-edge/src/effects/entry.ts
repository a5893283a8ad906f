import type {
  Effect,
  TransactionEndedEffect,
  TransactionStartedEffect,
  TransactionUpdatedEffect,
} from '@ocpp-gw/ocpp-j';
import type { TransactionRecord } from '@ocpp-gw/persistence';

export interface Station {
  /** As registered. */
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
}

/** What the rows said when the effect was written. */
export interface Written {
  /** False: a repetition of what is committed already. Nothing changed, and nothing is emitted. */
  fresh: boolean;
  /** The transaction after the effect. */
  transaction?: TransactionRecord;
}

export type TransactionEffect = TransactionStartedEffect | TransactionUpdatedEffect | TransactionEndedEffect;
export type TransactionEntry = Entry<TransactionEffect>;

export type EntryOf<Kind extends Effect['kind']> = Entry<Extract<Effect, { kind: Kind }>>;

export function isKind<Kind extends Effect['kind']>(kind: Kind, entry: Entry): entry is EntryOf<Kind> {
  return entry.effect.kind === kind;
}
