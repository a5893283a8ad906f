import type { CertificateHash, Money, SettableChargingProfile } from '@ocpp-gw/contracts';
import type { DataTransferStatus, IdToken, Registration, SigningKey, StartKey } from './effects.ts';

/**
 * What a handler may ask for before it decides. Each lookup is data; ws-edge resolves it (backend, Redis, Postgres).
 * Extending: add the entry here, resolve it in `apps/ws-edge/src/session/pipeline-ports.ts`; both break the build until done.
 */
export interface Lookups {
  /** POST /charge-points/register, or the fallback. */
  registration: { query: RegistrationQuery; answer: Registration };
  /** POST /authorize through the cache, or the fallback. */
  idToken: { query: IdToken; answer: Authorization };
  /** 1.6: the transaction already started under the key, or a fresh transactionId reserved for it. */
  transactionStart: { query: StartKey; answer: TransactionStartAnswer };
  /** Whether the token is charging elsewhere and the operator lets no token charge twice (1.6 ConcurrentTx). */
  concurrentTransaction: { query: ConcurrencyQuery; answer: boolean };
  /** The answer of the receiver that is registered for the vendor and message id. */
  dataTransfer: { query: DataTransferQuery; answer: DataTransferAnswer };
  /**
   * Whether a certificate signing request is good: well formed, signed by its own key, with a key that is long enough and
   * the name of the station.
   */
  signingRequest: { query: SigningQuery; answer: SigningAnswer };
  /** 2.0.1: the status of a certificate by the OCSP responder that the station names (RFC 6960). */
  certificateStatus: { query: OcspQuery; answer: OcspAnswer };
  /** 2.0.1: whether an ISO 15118 contract certificate is valid. */
  contractCertificate: { query: ContractCertificateQuery; answer: ContractCertificateAnswer };
  /** 2.0.1: the answer of whoever issues contract certificates, if the operator has wired one. */
  evCertificate: { query: EvCertificateQuery; answer: EvCertificateAnswer };
  /** 2.0.1: the charging profile that the backend makes of an EV's needs, if the backend takes part. */
  chargingNeeds: { query: ChargingNeedsQuery; answer: ChargingNeedsAnswer };
  /** The profile that limits an EVSE's running transaction, as mirrored; null: none. */
  transactionProfile: { query: { evseId: number }; answer: SettableChargingProfile | null };
  /** The cost so far, or the total cost, if the backend answers in time; null when it does not. */
  cost: { query: CostQuery; answer: CostAnswer | null };
}

export type LookupName = keyof Lookups;

export interface RegistrationQuery {
  vendor: string;
  model: string;
  serialNumber?: string;
  firmwareVersion?: string;
  reason?: string;
}

/** The backend's decision about an id token. Statuses are 2.0.1's AuthorizationStatusEnumType; 1.6 narrows them. */
export interface Authorization {
  status: AuthorizationStatus;
  expiresAt?: Date;
  /** 1.6 parentIdTag, 2.0.1 groupIdToken. */
  group?: IdToken;
  /** 2.0.1 only: -9 to 9. */
  chargingPriority?: number;
  /** 2.0.1 only: the EVSEs it may use; absent: any. */
  evseIds?: readonly number[];
  /** 2.0.1 only: preferred language, RFC 5646. */
  language?: string;
  /** 2.0.1 only: shown to the driver. */
  personalMessage?: PersonalMessage;
}

export interface PersonalMessage {
  format: 'ASCII' | 'HTML' | 'URI' | 'UTF8';
  language?: string;
  content: string;
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

export interface ConcurrencyQuery {
  idToken: IdToken;
  /** The key of the start that is decided, so that its own earlier try does not count as another transaction. */
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

export interface SigningQuery {
  /** PKCS#10, PEM. */
  csr: string;
  /** V2G: the certificate that a vehicle sees (ISO 15118), whose name is another than the station's. */
  use: 'station' | 'V2G';
}

export type SigningAnswer = { ok: true; key: SigningKey } | { ok: false; reason: string };

export interface OcspQuery extends CertificateHash {
  /** The URL of the responder, http or https. */
  responderUrl: string;
}

export type OcspAnswer =
  /** `response`: the DER of the OCSPResponse, base64. */
  | { status: 'good' | 'revoked' | 'unknown'; response: string }
  /** The responder cannot be reached, its answer cannot be read, or the signature is wrong. */
  | { status: 'unavailable'; reason: string };

export interface ContractCertificateQuery {
  /** PEM chain, contract certificate first, where the station leaves the whole check to us. */
  certificate?: string;
  /** One for each certificate of the chain, where the station has checked the chain itself. */
  hashes?: readonly OcspQuery[];
}

export interface ContractCertificateAnswer {
  /** 2.0.1 AuthorizeCertificateStatusEnumType. */
  status:
    | 'Accepted'
    | 'SignatureError'
    | 'CertificateExpired'
    | 'CertificateRevoked'
    | 'NoCertificateAvailable'
    | 'CertChainError'
    | 'ContractCancelled';
}

export interface EvCertificateQuery {
  iso15118SchemaVersion: string;
  action: 'Install' | 'Update';
  /** Base64. */
  exiRequest: string;
}

export type EvCertificateAnswer = { ok: true; exiResponse: string } | { ok: false; reason: string };

export interface ChargingNeedsQuery {
  evseId: number;
  needs: Record<string, unknown>;
  maxScheduleTuples?: number;
}

export interface ChargingNeedsAnswer {
  status: 'Accepted' | 'Rejected' | 'Processing';
  /** The profile to set after the station has got its answer. */
  profile?: SettableChargingProfile;
}

export interface CostAnswer {
  totalCost: number;
  /** The same in its currency; absent where the backend named none. */
  cost?: Money;
}

export interface CostQuery {
  transactionId: string;
  /** The transaction has ended: the total is asked for. */
  final: boolean;
  /** The register that was reported last, Wh. */
  meterWh?: number;
  at: Date;
}
