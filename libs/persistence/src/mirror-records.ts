import type { RecordOf } from './tables/record.ts';

/** Plain records of the mirror: what a station was asked to do and accepted, as it reported last. EVSE 0 is the whole station. */

export interface ReservationRecord extends RecordOf<'reservations', 'cp_id'> {
  /** 2.0.1 ConnectorEnumType that was asked for in place of an EVSE. */
  connectorType: string | null;
  /** expired: it was active until `expiresAt`, and was not used. ended_by_station: the station gave it up by itself. */
  state: 'active' | 'used' | 'cancelled' | 'expired' | 'ended_by_station';
  /** The transaction that used it. */
  transactionId: string | null;
}

export interface ChargingProfileRecord extends RecordOf<'charging_profiles', 'cp_id'> {
  /** Set for a TxProfile. */
  transactionId: string | null;
  /** Who set it: CSO is us; EMS, SO and Other as the station reports. */
  source: string;
  schedule: ScheduleRecord;
  /** Further schedules, of which an ISO 15118 vehicle picks one. */
  alternatives: ScheduleRecord[] | null;
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

export interface LocalListRecord extends RecordOf<'local_lists', 'cp_id'> {
  /** -1: the station keeps none; 0: empty. */
  version: number;
}

export interface ConfigurationRecord extends RecordOf<'configuration_keys', 'cp_id'> {
  /** Null when the value is write-only, or when there is none. */
  value: string | null;
}

export interface AvailabilityRecord extends RecordOf<'availability', 'cp_id'> {
  /** Takes effect when the running transaction ends. */
  scheduled: boolean;
}

export interface FirmwareUpdateRecord extends RecordOf<'firmware_updates', 'id' | 'cp_id'> {
  /** Null when the request had no id (1.6 UpdateFirmware), or when the station reported an update without a request. */
  requestId: number | null;
  /** The status that the station reported last. */
  status: string | null;
}

export interface LogUploadRecord extends RecordOf<'log_uploads', 'id' | 'cp_id'> {
  /** Diagnostics: 1.6 GetDiagnostics. Unknown: the station reported it without a request. */
  logType: 'Diagnostics' | 'DiagnosticsLog' | 'SecurityLog' | 'Unknown';
  /** The status that the station reported last. */
  status: string | null;
}

export interface InstalledCertificateRecord extends RecordOf<'installed_certificates', 'cp_id'> {
  /** PEM; null where the gateway did not install it. */
  certificate: string | null;
}

export interface CertificateSigningRecord extends RecordOf<'certificate_signings', 'cp_id' | 'csr_hash'> {
  /** bigint as text. */
  id: string;
  /** ChargingStationCertificate or V2GCertificate; null: the station's own (1.6). */
  certificateType: string | null;
  /**
   * requested: waits for CertificateSigned; accepted, rejected: the station's answer to it; refused: the gateway refused
   * the request.
   */
  state: 'requested' | 'refused' | 'accepted' | 'rejected';
  /** SubjectPublicKeyInfo, PEM; null where the request was refused. */
  publicKey: string | null;
}
