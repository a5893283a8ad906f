/** Plain records of the mirror: what a station was asked to do and accepted, as it reported last. EVSE 0 is the whole station. */

export interface ReservationRecord {
  reservationId: number;
  evseId: number;
  /** 2.0.1 ConnectorEnumType that was asked for in place of an EVSE. */
  connectorType: string | null;
  idToken: string;
  groupIdToken: string | null;
  expiresAt: Date;
  /** expired: it was active until `expiresAt`, and was not used. ended_by_station: the station gave it up by itself. */
  state: 'active' | 'used' | 'cancelled' | 'expired' | 'ended_by_station';
  /** The transaction that used it. */
  transactionId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface ChargingProfileRecord {
  chargingProfileId: number;
  evseId: number;
  stackLevel: number;
  purpose: string;
  kind: string;
  recurrencyKind: string | null;
  validFrom: Date | null;
  validTo: Date | null;
  /** Set for a TxProfile. */
  transactionId: string | null;
  /** Who set it: CSO is us; EMS, SO and Other as the station reports. */
  source: string;
  schedule: ScheduleRecord;
  /** Further schedules, of which an ISO 15118 vehicle picks one. */
  alternatives: ScheduleRecord[] | null;
  setAt: Date;
}

/** As the jsonb column holds it. */
export interface ScheduleRecord {
  /** Seconds. */
  duration?: number;
  /** ISO 8601. */
  startSchedule?: string;
  chargingRateUnit: 'A' | 'W';
  minChargingRate?: number;
  periods: { startPeriod: number; limit: number; numberPhases?: number; phaseToUse?: number }[];
}

export interface LocalListRecord {
  /** -1: the station keeps none; 0: empty. */
  version: number;
  updatedAt: Date;
}

export interface ConfigurationRecord {
  key: string;
  /** Null when the value is write-only, or when there is none. */
  value: string | null;
  readonly: boolean | null;
  rebootRequired: boolean;
  seenAt: Date;
}

export interface AvailabilityRecord {
  evseId: number;
  connectorId: number;
  operative: boolean;
  /** Takes effect when the running transaction ends. */
  scheduled: boolean;
  changedAt: Date;
}

export interface FirmwareUpdateRecord {
  /** Null when the request had no id (1.6 UpdateFirmware), or when the station reported an update without a request. */
  requestId: number | null;
  signed: boolean;
  location: string | null;
  retrieveAt: Date | null;
  installAt: Date | null;
  requestedAt: Date | null;
  /** The status that the station reported last. */
  status: string | null;
  statusAt: Date | null;
}

export interface LogUploadRecord {
  /** Diagnostics: 1.6 GetDiagnostics. Unknown: the station reported it without a request. */
  logType: 'Diagnostics' | 'DiagnosticsLog' | 'SecurityLog' | 'Unknown';
  requestId: number | null;
  location: string | null;
  oldest: Date | null;
  latest: Date | null;
  fileName: string | null;
  requestedAt: Date | null;
  /** The status that the station reported last. */
  status: string | null;
  statusAt: Date | null;
}

export interface InstalledCertificateRecord {
  certificateType: string;
  hashAlgorithm: string;
  issuerNameHash: string;
  issuerKeyHash: string;
  serialNumber: string;
  /** PEM; null where the gateway did not install it. */
  certificate: string | null;
  seenAt: Date;
}

export interface CertificateSigningRecord {
  /** bigint as text. */
  id: string;
  /** ChargingStationCertificate or V2GCertificate; null: the station's own (1.6). */
  certificateType: string | null;
  csr: string;
  /**
   * requested: waits for CertificateSigned; accepted, rejected: the station's answer to it; refused: the gateway refused
   * the request.
   */
  state: 'requested' | 'refused' | 'accepted' | 'rejected';
  /** SubjectPublicKeyInfo, PEM; null where the request was refused. */
  publicKey: string | null;
  commonName: string | null;
  refusal: string | null;
  certificateChain: string | null;
  requestedAt: Date;
  settledAt: Date | null;
}
