/** Commands that serve chargers of both versions, in no version's words. ws-edge translates. */

/** A charging profile in no version's words. Times are ISO 8601, durations and periods seconds. */
export interface ChargingProfile {
  chargingProfileId: number;
  stackLevel: number;
  purpose: ChargingProfilePurpose;
  kind: 'Absolute' | 'Recurring' | 'Relative';
  recurrencyKind?: 'Daily' | 'Weekly';
  validFrom?: string;
  validTo?: string;
  transactionId?: string;
  schedule: ChargingSchedule;
  /** 2.0.1 only: further schedules, of which an ISO 15118 vehicle picks one; three in all at most. */
  alternatives?: readonly ChargingSchedule[];
}

/** 1.6 calls the first ChargePointMaxProfile and lacks the last, which a station reports and nobody sets. */
export type ChargingProfilePurpose =
  'ChargingStationMaxProfile' | 'TxDefaultProfile' | 'TxProfile' | 'ChargingStationExternalConstraints';

export interface ChargingSchedule {
  duration?: number;
  startSchedule?: string;
  chargingRateUnit: ChargingRateUnit;
  minChargingRate?: number;
  periods: readonly ChargingSchedulePeriod[];
}

export type ChargingRateUnit = 'A' | 'W';

export interface ChargingSchedulePeriod {
  /** Seconds from the start of the schedule. */
  startPeriod: number;
  /** In the schedule's unit; one decimal. */
  limit: number;
  numberPhases?: number;
  /** 2.0.1 only: which of them when there is one. */
  phaseToUse?: number;
}

export interface RemoteStart {
  kind: 'RemoteStart';
  idToken: string;
  /** 2.0.1 IdTokenEnumType; Central when absent. */
  idTokenType?: string;
  /** The EVSE (1.6: connector); absent leaves the choice to the station where its version allows. */
  evseId?: number;
  /** 2.0.1 remoteStartId; always present on the bus: the caller's, or made by command-api. */
  remoteStartId: number;
  /** Of purpose TxProfile, without transactionId. */
  chargingProfile?: ChargingProfile;
  /** 2.0.1 only. */
  groupIdToken?: string;
}

export interface RemoteStop {
  kind: 'RemoteStop';
  transactionId: string;
}

export interface Reset {
  kind: 'Reset';
  /** soft: 1.6 Soft, 2.0.1 OnIdle. hard: 1.6 Hard, 2.0.1 Immediate. */
  type: 'soft' | 'hard';
  /** 2.0.1 only. */
  evseId?: number;
}

export interface UnlockConnector {
  kind: 'UnlockConnector';
  evseId: number;
  /** 2.0.1 only; 1 when absent. */
  connectorId?: number;
}

export interface ChangeAvailability {
  kind: 'ChangeAvailability';
  operative: boolean;
  /** Absent: the whole station. */
  evseId?: number;
  /** 2.0.1 only. */
  connectorId?: number;
}

/**
 * 1.6: a configuration key; `AuthorizationKey` and `SecurityProfile` also move what the door asks of the charger. 2.0.1: the variable
 * that the key became, or `Component.Variable`.
 */
export interface ChangeConfiguration {
  kind: 'ChangeConfiguration';
  key: string;
  value: string;
}

export interface GetConfiguration {
  kind: 'GetConfiguration';
  /** Absent or empty: all. */
  keys?: readonly string[];
}

export interface ClearCache {
  kind: 'ClearCache';
}

export interface DataTransfer {
  kind: 'DataTransfer';
  vendorId: string;
  messageId?: string;
  data?: string;
}

export interface TriggerMessage {
  kind: 'TriggerMessage';
  requestedMessage: string;
  evseId?: number;
}

/** 1.6 security extension; 2.0.1 has one TriggerMessage for both. */
export interface ExtendedTriggerMessage {
  kind: 'ExtendedTriggerMessage';
  requestedMessage: string;
  evseId?: number;
}

export interface ReserveNow {
  kind: 'ReserveNow';
  /** Always present on the bus: the caller's, or made by command-api. */
  reservationId: number;
  idToken: string;
  /** 2.0.1 IdTokenEnumType. */
  idTokenType?: string;
  /** 1.6 parentIdTag, 2.0.1 groupIdToken. */
  groupIdToken?: string;
  /** Absent: any EVSE of the station (1.6 connector 0). */
  evseId?: number;
  /** 2.0.1 ConnectorEnumType, in place of an EVSE. */
  connectorType?: string;
  expiresAt: string;
}

export interface CancelReservation {
  kind: 'CancelReservation';
  reservationId: number;
}

export interface SendLocalList {
  kind: 'SendLocalList';
  /** Positive: 0 and -1 have meanings of their own in GetLocalListVersion. */
  version: number;
  updateType: 'full' | 'differential';
  entries?: readonly LocalListEntry[];
}

export interface LocalListEntry {
  idToken: string;
  /** 2.0.1 IdTokenEnumType. */
  idTokenType?: string;
  /** Absent in a differential update: the entry is removed. */
  status?: 'Accepted' | 'Blocked' | 'Expired' | 'Invalid' | 'ConcurrentTx';
  expiresAt?: string;
  groupIdToken?: string;
}

export interface GetLocalListVersion {
  kind: 'GetLocalListVersion';
}

export interface SetChargingProfile {
  kind: 'SetChargingProfile';
  /** 0: the whole station. */
  evseId: number;
  chargingProfile: ChargingProfile;
}

/** Every filter given must hold; none: all profiles. */
export interface ClearChargingProfile {
  kind: 'ClearChargingProfile';
  chargingProfileId?: number;
  evseId?: number;
  purpose?: ChargingProfilePurpose;
  stackLevel?: number;
}

export interface GetCompositeSchedule {
  kind: 'GetCompositeSchedule';
  /** 0: the whole station. */
  evseId: number;
  /** Seconds. */
  duration: number;
  chargingRateUnit?: ChargingRateUnit;
}

/** Attempts and the seconds between them, for what a station fetches or uploads. */
export interface Retries {
  retries?: number;
  retryInterval?: number;
}

export interface GetDiagnostics extends Retries {
  kind: 'GetDiagnostics';
  /** As in {@link GetLog}, which it is in 2.0.1; 1.6 has none. */
  ocppRequestId: number;
  /** Where to upload to, a URL. */
  location: string;
  oldest?: string;
  latest?: string;
}

export interface GetLog extends Retries {
  kind: 'GetLog';
  logType: 'DiagnosticsLog' | 'SecurityLog';
  /** OCPP requestId, echoed by LogStatusNotification; always present on the bus. */
  ocppRequestId: number;
  location: string;
  oldest?: string;
  latest?: string;
}

export interface UpdateFirmware extends Retries {
  kind: 'UpdateFirmware';
  /** As in {@link SignedUpdateFirmware}; 1.6 has none. */
  ocppRequestId: number;
  /** Where to fetch the image, a URL. */
  location: string;
  retrieveAt: string;
}

export interface SignedUpdateFirmware extends Retries {
  kind: 'SignedUpdateFirmware';
  /** OCPP requestId, echoed by SignedFirmwareStatusNotification; always present on the bus. */
  ocppRequestId: number;
  location: string;
  retrieveAt: string;
  installAt?: string;
  /** PEM. */
  signingCertificate: string;
  /** Base64. */
  signature: string;
}

/** 1.6 has the first two; 2.0.1 calls the first CSMSRootCertificate. */
export type CertificateUse =
  'CentralSystemRootCertificate' | 'ManufacturerRootCertificate' | 'V2GRootCertificate' | 'MORootCertificate';

export interface InstallCertificate {
  kind: 'InstallCertificate';
  certificateType: CertificateUse;
  /** PEM. */
  certificate: string;
}

/** Names one certificate as a station does (whitepaper CertificateHashDataType). Hex. */
export interface CertificateHash {
  hashAlgorithm: 'SHA256' | 'SHA384' | 'SHA512';
  issuerNameHash: string;
  issuerKeyHash: string;
  serialNumber: string;
}

export interface DeleteCertificate extends CertificateHash {
  kind: 'DeleteCertificate';
}

export interface GetInstalledCertificateIds {
  kind: 'GetInstalledCertificateIds';
  /** 1.6: exactly one. 2.0.1: absent or empty for all. */
  certificateTypes?: readonly (CertificateUse | 'V2GCertificateChain')[];
}

export interface CertificateSigned {
  kind: 'CertificateSigned';
  /** PEM, the station's certificate first. */
  certificateChain: string;
  /** 2.0.1 only; the station's own when absent. */
  certificateType?: 'ChargingStationCertificate' | 'V2GCertificate';
}
