import type { Money } from '@ocpp-gw/contracts';
import type { DeviceEffect } from './device-effects.ts';
import type { ChargerTime, EvseRef, Moment } from './effect-values.ts';
import type { MirrorEffect } from './mirror-effects.ts';

/**
 * Facts that a message established, in terms that do not depend on the OCPP version. ws-edge makes them durable (rows and
 * outbox entries in one Postgres transaction) before the reply leaves; see {@link Decision}.
 */
export type Effect =
  | StationBootedEffect
  | ConnectorStatusEffect
  | MeterValuesEffect
  | TransactionStartedEffect
  | TransactionUpdatedEffect
  | TransactionEndedEffect
  | FirmwareStatusEffect
  | LogStatusEffect
  | SecurityEventEffect
  | SigningRequestEffect
  | DataTransferredEffect
  | MirrorEffect
  | DeviceEffect;

export interface StationBootedEffect {
  kind: 'stationBooted';
  vendor: string;
  model: string;
  serialNumber?: string;
  firmwareVersion?: string;
  iccid?: string;
  imsi?: string;
  /** 2.0.1 BootReason. */
  reason?: string;
  registration: Registration;
}

export interface Registration {
  status: 'Accepted' | 'Pending' | 'Rejected';
  /** Heartbeat interval if Accepted, else minimum wait before the next boot; seconds. */
  intervalSeconds: number;
}

export interface ConnectorStatusEffect extends EvseRef {
  kind: 'connectorStatus';
  status: string;
  errorCode?: string;
  info?: string;
  vendorId?: string;
  vendorErrorCode?: string;
  time: ChargerTime;
}

export interface Sample extends Moment {
  /** Normalised; undefined when the raw value is no number. */
  value?: number;
  unit: string;
  /** The charger named no unit (`rawUnit` is empty): `unit` is the measurand's own. */
  unitAssumed?: true;
  /** Signed data, or a number that came with its signature: it may be a copy of a plain one in the meter's own unit. */
  signed?: true;
  rawValue: string;
  rawUnit: string;
  measurand: string;
  phase?: string;
  location?: string;
  context?: string;
  format?: string;
}

export interface MeterValuesEffect extends EvseRef {
  kind: 'meterValues';
  /**
   * As the charger reported it; null when the id names no transaction (1.6: -1, 0, beyond 32 bits). Absent when the message
   * has no id.
   */
  transactionId?: string | null;
  samples: readonly Sample[];
  time: ChargerTime;
}

export interface IdToken {
  /** As the charger sent it; compared case-insensitively. */
  idToken: string;
  /** 2.0.1 IdTokenEnumType; absent in 1.6. */
  type?: string;
}

interface TransactionEffect extends EvseRef {
  transactionId: string;
  /** 2.0.1 seqNo; 1.6 has none. */
  seqNo?: number;
  triggerReason?: string;
  chargingState?: string;
  offline?: boolean;
  idToken?: IdToken;
  /** Status answered for `idToken` (1.6 AuthorizationStatus, 2.0.1 AuthorizationStatusEnumType). */
  idTokenStatus?: string;
  /** The group of `idToken`, as the backend authorized it. */
  groupToken?: string;
  samples: readonly Sample[];
  /** The total cost that the answer to an end holds, or that was sent while charging. */
  totalCost?: number;
  /** The same in its currency; absent where the backend named none. */
  cost?: Money;
  remoteStartId?: number;
  reservationId?: number;
  time: ChargerTime;
}

export interface TransactionStartedEffect extends TransactionEffect {
  kind: 'transactionStarted';
  /** Register at start, Wh. */
  meterStartWh?: number;
  /**
   * 1.6: what the start said, for which `transactionId` was reserved (see {@link Lookups.transactionStart}).
   */
  naturalKey?: StartKey;
}

export interface TransactionUpdatedEffect extends TransactionEffect {
  kind: 'transactionUpdated';
}

export interface TransactionEndedEffect extends TransactionEffect {
  kind: 'transactionEnded';
  /** As the charger said it; Local when it said none. */
  reason: string;
  /** Register at stop, Wh. */
  meterStopWh?: number;
  /** 1.6: the id names no transaction (-1, 0, beyond 32 bits). */
  unnamed?: boolean;
}

/** The natural key of a 1.6 StartTransaction within one station (notes 2.10). */
export interface StartKey {
  connectorId: number;
  idTag: string;
  /** The time as the charger wrote it. A receive time in its place would make a different key for each repetition. */
  timestamp: string;
  meterStart: number;
}

export interface FirmwareStatusEffect {
  kind: 'firmwareStatus';
  status: string;
  /** The request id of the update; absent when the latest update is meant, or none (Idle). */
  requestId?: number;
  /** SignedFirmwareStatusNotification reported it. */
  signed: boolean;
  time: ChargerTime;
}

export interface LogStatusEffect {
  kind: 'logStatus';
  /** diagnostics: the upload that 1.6 GetDiagnostics began. log: one that GetLog began. */
  upload: 'diagnostics' | 'log';
  status: string;
  requestId?: number;
  time: ChargerTime;
}

export interface SecurityEventEffect {
  kind: 'securityEvent';
  type: string;
  techInfo?: string;
  time: ChargerTime;
}

/** A station asks for its certificate to be signed (whitepaper A02). */
export interface SigningRequestEffect {
  kind: 'signingRequest';
  /** As sent. */
  csr: string;
  /** 2.0.1 CertificateSigningUseEnumType; the station's own when absent. */
  certificateType?: string;
  /** Absent when the request was refused. */
  key?: SigningKey;
  /** Why it was refused. */
  refusal?: string;
  time: ChargerTime;
}

/** What a good signing request holds. */
export interface SigningKey {
  /** SubjectPublicKeyInfo, PEM. */
  publicKey: string;
  /** CN of the subject; empty when it has none. */
  commonName: string;
}

export interface DataTransferredEffect {
  kind: 'dataTransferred';
  vendorId: string;
  messageId?: string;
  data?: string;
  /** As answered. */
  status: DataTransferStatus;
  time: ChargerTime;
}

export type DataTransferStatus = 'Accepted' | 'Rejected' | 'UnknownMessageId' | 'UnknownVendorId';
