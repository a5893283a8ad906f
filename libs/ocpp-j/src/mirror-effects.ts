import type { CertificateHash, CertificateUse, ChargingProfile, ChargingProfilePurpose } from '@ocpp-gw/contracts';
import type { EvseRef } from './effect-values.ts';

/** The uses of stored certificates: 2.0.1 also lists chains, which no command installs. */
export type InstalledCertificateUse = CertificateUse | 'V2GCertificateChain';

/**
 * The effects of a charger's answers to our CALLs. The gateway mirrors what the charger decided and computes nothing itself. These
 * effects are written in the same way as those of the charger's own CALLs.
 */
export type MirrorEffect =
  | ReservationMadeEffect
  | ReservationCancelledEffect
  | ChargingProfileSetEffect
  | ChargingProfilesClearedEffect
  | LocalListVersionEffect
  | ConfigurationSeenEffect
  | ConfigurationChangedEffect
  | AvailabilityChangedEffect
  | FirmwareUpdateRequestedEffect
  | LogRequestedEffect
  | CertificateInstalledEffect
  | CertificateDeletedEffect
  | CertificatesSeenEffect
  | CertificateAcceptedEffect
  | PasswordEffect
  | SecurityProfileEffect
  | RemoteStartSentEffect
  | RemoteStartRefusedEffect
  | TransactionEndInferredEffect
  | StopAssignedEffect;

export interface ReservationMadeEffect {
  kind: 'reservationMade';
  reservationId: number;
  /** 0: any EVSE of the station. */
  evseId: number;
  /** 2.0.1 ConnectorEnumType: any EVSE that has such a connector. */
  connectorType?: string;
  idToken: string;
  groupIdToken?: string;
  expiresAt: Date;
}

export interface ReservationCancelledEffect {
  kind: 'reservationCancelled';
  reservationId: number;
}

/**
 * Replaces the profile of the same id, and the one of the same EVSE, purpose and stack level (1.6 section 3.13.2: two
 * profiles with one stack level and purpose cannot be valid at once).
 */
export interface ChargingProfileSetEffect {
  kind: 'chargingProfileSet';
  /** 0: the whole station. */
  evseId: number;
  profile: ChargingProfile;
}

/** Every filter given must hold; none: all profiles of the station. */
export interface ChargingProfilesClearedEffect {
  kind: 'chargingProfilesCleared';
  chargingProfileId?: number;
  evseId?: number;
  purpose?: ChargingProfilePurpose;
  stackLevel?: number;
}

export interface LocalListVersionEffect {
  kind: 'localListVersion';
  /** -1: the station keeps no list; 0: it is empty. */
  version: number;
}

export interface ConfigurationSeenEffect {
  kind: 'configurationSeen';
  /** Values of write-only keys (AuthorizationKey) are never in here. */
  keys: readonly { key: string; readonly: boolean; value?: string }[];
  unknownKeys: readonly string[];
  /** Whether these are all keys of the station. If so, other keys are removed. */
  complete: boolean;
}

export interface ConfigurationChangedEffect {
  kind: 'configurationChanged';
  key: string;
  /** Absent for write-only keys: a secret is not mirrored. */
  value?: string;
  rebootRequired: boolean;
}

/** 0/0 is the whole station. */
export interface AvailabilityChangedEffect extends EvseRef {
  kind: 'availabilityChanged';
  operative: boolean;
  /** Takes effect when the running transaction ends. */
  scheduled: boolean;
}

export interface FirmwareUpdateRequestedEffect {
  kind: 'firmwareUpdateRequested';
  /** 1.6 UpdateFirmware has none. */
  requestId?: number;
  signed: boolean;
  location: string;
  retrieveAt: Date;
  installAt?: Date;
}

export interface LogRequestedEffect {
  kind: 'logRequested';
  /** Diagnostics: 1.6 GetDiagnostics. */
  logType: 'Diagnostics' | 'DiagnosticsLog' | 'SecurityLog';
  /** 1.6 GetDiagnostics has none. */
  requestId?: number;
  location: string;
  oldest?: Date;
  latest?: Date;
  fileName?: string;
}

export interface CertificateInstalledEffect {
  kind: 'certificateInstalled';
  certificateType: CertificateUse;
  /** PEM. */
  certificate: string;
}

export interface CertificateDeletedEffect {
  kind: 'certificateDeleted';
  certificate: CertificateHash;
}

/** All certificates of these types that the station has. Other certificates of the types are removed. */
export interface CertificatesSeenEffect {
  kind: 'certificatesSeen';
  /** Absent: of all types. */
  certificateTypes?: readonly InstalledCertificateUse[];
  certificates: readonly (CertificateHash & { certificateType: InstalledCertificateUse })[];
}

/** The station took the chain that answers its latest signing request of the type, or refused it. */
export interface CertificateAcceptedEffect {
  kind: 'certificateAccepted';
  /** As in {@link SigningRequestEffect}. */
  certificateType?: string;
  /** PEM, the station's certificate first. */
  chain: string;
  accepted: boolean;
}

/**
 * A Basic password on its way to the station. `offered` before the CALL leaves: from then on both passwords are
 * accepted, as nobody knows which one the station uses until it answers or comes back (A01). `accepted`: the old one is removed at
 * once. `refused`: the old one stays.
 */
export interface PasswordEffect {
  kind: 'password';
  step: 'offered' | 'accepted' | 'refused';
  /** Raw bytes as the station will send them, hex. */
  passwordHex: string;
}

/**
 * A security profile on its way to the station. From `accepted` on handshakes take both, and once the station has come
 * in by the new one, that one only (A00.FR.002).
 */
export interface SecurityProfileEffect {
  kind: 'securityProfile';
  step: 'accepted';
  profile: number;
}

/** The charge point may start a transaction. Its 1.6 StartTransaction does not say that this command led to it. */
export interface RemoteStartSentEffect {
  kind: 'remoteStartSent';
  remoteStartId: number;
  idToken: string;
  /** 0: the charge point chooses. */
  connectorId: number;
  sentAt: Date;
}

/** The charge point does not carry the remote start out, or never got it: nothing follows from it. */
export interface RemoteStartRefusedEffect {
  kind: 'remoteStartRefused';
  remoteStartId: number;
}

/** A transaction is taken for ended although the charger reported no end. */
export interface TransactionEndInferredEffect {
  kind: 'transactionEndInferred';
  transactionId: string;
  cause: 'silence' | 'operator';
  /** Who asked for it. */
  by?: string;
  /** The end as the operator knows it. */
  at?: Date;
  meterStopWh?: number;
  reason?: string;
}

/** An operator assigns a stop that fitted no transaction. */
export interface StopAssignedEffect {
  kind: 'stopAssigned';
  /** The id of the stop. */
  transactionId: string;
  to: string;
  /** Who asked for it. */
  by: string;
}
