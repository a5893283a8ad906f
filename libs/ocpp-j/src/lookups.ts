import type { DataTransferStatus, IdToken, Registration, SigningKey, StartKey } from './effects.ts';
import type { EvseRef } from './evse-ref.ts';

/**
 * What a handler may ask for before it decides. Each lookup is data; ws-edge resolves it (backend, Redis, Postgres).
 * Extending: add the entry here, resolve it in `apps/ws-edge/src/effects/lookups.ts`; both break the build until done.
 */
export interface Lookups {
  /** POST /charge-points/register, or the fallback. */
  registration: { query: RegistrationQuery; answer: Registration };
  /** POST /authorize through the cache, or the fallback. */
  idToken: { query: IdToken; answer: Authorization };
  /** 1.6: the transaction already started under the key, or a fresh transactionId reserved for it. */
  transactionStart: { query: StartKey; answer: TransactionStartAnswer };
  /** The transaction a message speaks of; null when this station has none such. */
  transaction: { query: TransactionQuery; answer: KnownTransaction | null };
  /** Whether the token is charging elsewhere and the operator lets no token charge twice (1.6 ConcurrentTx). */
  concurrentTransaction: { query: ConcurrencyQuery; answer: boolean };
  /** The word of whoever is registered for the vendor and message id. */
  dataTransfer: { query: DataTransferQuery; answer: DataTransferAnswer };
  /** Whether a certificate signing request is sound: well formed, signed by its own key, the key long enough. */
  signingRequest: { query: { csr: string }; answer: SigningAnswer };
}

export type LookupName = keyof Lookups;

export interface RegistrationQuery {
  vendor: string;
  model: string;
  serialNumber?: string;
  firmwareVersion?: string;
  reason?: string;
}

/** The backend's word on an id token. Statuses are 2.0.1's AuthorizationStatusEnumType; 1.6 narrows them. */
export interface Authorization {
  status: AuthorizationStatus;
  expiresAt?: Date;
  /** 1.6 parentIdTag, 2.0.1 groupIdToken. */
  group?: IdToken;
}

export type AuthorizationStatus =
  | 'Accepted'
  | 'Blocked'
  | 'ConcurrentTx'
  | 'Expired'
  | 'Invalid'
  | 'NoCredit'
  | 'NotAllowedTypeEVSE'
  | 'NotAtThisLocation'
  | 'NotAtThisTime'
  | 'Unknown';

export interface TransactionStartAnswer {
  /** int32, positive, unique per gateway. */
  transactionId: number;
  /** Status given the first time, when this is a retry. */
  knownStatus?: string;
}

export type TransactionQuery =
  /** By the id the message carries. */
  | { by: 'id'; transactionId: string }
  /** `transactionId: -1`, 0 or unsafe (notes 2.10, 4.4): the one running there, else the ended one whose time holds `at`. */
  | ({ by: 'evse'; at: Date } & EvseRef);

export interface KnownTransaction extends EvseRef {
  transactionId: string;
  state: 'active' | 'ended';
  idToken?: string;
  meterStartWh?: number;
}

export interface ConcurrencyQuery {
  idToken: IdToken;
  /** The start that asks: its own earlier try is no other transaction. */
  start: StartKey;
}

export interface DataTransferQuery {
  vendorId: string;
  messageId?: string;
  data?: string;
}

export interface DataTransferAnswer {
  status: DataTransferStatus;
  data?: string;
}

export type SigningAnswer = { ok: true; key: SigningKey } | { ok: false; reason: string };
