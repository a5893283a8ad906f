/** The command bus: what travels on `cp:cmd:{cp_id}` and `cp:reply:{request_id}` as JSON. */

/** Version of both envelopes. A receiver refuses a newer one with outcome `refused`, code `UnsupportedVersion`. */
export const COMMAND_BUS_VERSION = 1;

/** No command waits longer for the charger, milliseconds. */
export const COMMAND_CEILING_MS = 30_000;

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
}

/** 1.6 calls the first ChargePointMaxProfile. */
export type ChargingProfilePurpose = 'ChargingStationMaxProfile' | 'TxDefaultProfile' | 'TxProfile';

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

/** 1.6 configuration key; `AuthorizationKey` and `SecurityProfile` also move what the door asks of the charger. */
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

/** 1.6 has the first two. */
export type CertificateUse = 'CentralSystemRootCertificate' | 'ManufacturerRootCertificate';

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
  certificateType: CertificateUse;
}

export interface CertificateSigned {
  kind: 'CertificateSigned';
  /** PEM, the station's certificate first. */
  certificateChain: string;
}

/** The charger's own protocol, as it is. */
export interface GenericCall {
  kind: 'Call';
  action: string;
  payload: Record<string, unknown>;
}

/** What we ask a charger to do, in no protocol's words but for `Call`. ws-edge translates. */
export type Command =
  | RemoteStart
  | RemoteStop
  | Reset
  | UnlockConnector
  | ChangeAvailability
  | ChangeConfiguration
  | GetConfiguration
  | ClearCache
  | DataTransfer
  | TriggerMessage
  | ExtendedTriggerMessage
  | ReserveNow
  | CancelReservation
  | SendLocalList
  | GetLocalListVersion
  | SetChargingProfile
  | ClearChargingProfile
  | GetCompositeSchedule
  | GetDiagnostics
  | GetLog
  | UpdateFirmware
  | SignedUpdateFirmware
  | InstallCertificate
  | DeleteCertificate
  | GetInstalledCertificateIds
  | CertificateSigned
  | GenericCall;
export type CommandKind = Command['kind'];

export interface CommandEnvelope {
  v: number;
  type: 'command';
  /** UUID; the reply goes to `cp:reply:{requestId}`. */
  requestId: string;
  cpId: string;
  /** Unix milliseconds; an owner that picks the command up later drops it and answers `expired`. */
  deadline: number;
  command: Command;
  traceparent?: string;
}

/** Tells an older owner that a newer connection of the same charger has been authenticated; it closes its socket. */
export interface SupersededEnvelope {
  v: number;
  type: 'superseded';
  cpId: string;
  /** Epoch of the newer connection; an owner with this epoch or a newer one ignores the message. */
  epoch: number;
}

export type BusEnvelope = CommandEnvelope | SupersededEnvelope;

/** What a charger's answer holds besides its status, by command; commands that are not here have a status only. */
export interface CommandAnswers {
  RemoteStart: {
    /** Transaction already running, if the station names it (2.0.1). */
    transactionId?: string;
  };
  GetConfiguration: { configuration: readonly ConfigurationKey[]; unknownKeys: readonly string[] };
  DataTransfer: { data?: string };
  /** -1: the station keeps no list; 0: it is empty. */
  GetLocalListVersion: { version: number };
  GetCompositeSchedule: { evseId?: number; scheduleStart?: string; schedule?: ChargingSchedule };
  /** No file name: there is nothing to upload. */
  GetDiagnostics: { fileName?: string };
  GetLog: { fileName?: string };
  GetInstalledCertificateIds: { certificates: readonly CertificateHash[] };
}

export interface ConfigurationKey {
  key: string;
  readonly: boolean;
  value?: string;
}

/** How a command ended. A value, never an exception. */
export type CommandOutcome =
  /**
   * The charger answered with a CALLRESULT; `status` is its status field where it has one, `answer` what else it says,
   * in no version's words (see {@link CommandAnswers}).
   */
  | { kind: 'result'; action: string; payload: Record<string, unknown>; status?: string; answer?: object }
  /** The charger answered with a CALLERROR. */
  | { kind: 'callerror'; action: string; code: string; description: string; details: Record<string, unknown> }
  /** The charger's CALLRESULT breaks its schema. */
  | { kind: 'invalidResult'; action: string; reason: string; payload: unknown }
  /** Sent, and no answer before the deadline. */
  | { kind: 'timeout'; action: string }
  /** The connection ended before the answer. `sent` tells whether the CALL had left. */
  | { kind: 'disconnected'; action: string; sent: boolean }
  /** Never sent: the deadline passed in the queue. */
  | { kind: 'expired' }
  /** Nobody owns the charger's socket. */
  | { kind: 'offline' }
  /** The intent or action does not exist in the charger's protocol. */
  | { kind: 'notSupported'; protocol: string; reason: string }
  /** The payload breaks the schema of the charger's protocol. `errors` name the fields. */
  | { kind: 'invalidPayload'; action: string; errors: readonly PayloadFault[] }
  /** The owner would not take it: queue full, draining, station not accepted, newer envelope version ... */
  | { kind: 'refused'; code: RefusalCode; reason: string };

export type RefusalCode = 'UnsupportedVersion' | 'QueueFull' | 'Draining' | 'NotAccepted' | 'Internal';

export interface PayloadFault {
  /** JSON pointer into the payload, "" for its root. */
  path: string;
  message: string;
}

export interface ReplyEnvelope {
  v: number;
  requestId: string;
  cpId: string;
  /** Connection that carried the CALL. */
  epoch: number;
  outcome: CommandOutcome;
}
