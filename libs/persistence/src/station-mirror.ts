import type { Database } from './database.ts';
import type {
  AvailabilityRecord,
  CertificateSigningRecord,
  ChargingProfileRecord,
  ConfigurationRecord,
  FirmwareUpdateRecord,
  InstalledCertificateRecord,
  LocalListRecord,
  LogUploadRecord,
  ReservationRecord,
} from './mirror-records.ts';
import { OF_STATION } from './of-station.ts';
import { SQL } from './sql.ts';

export interface ReservationFilter {
  state?: ReservationRecord['state'];
}

const EXPIRED = `state = 'active' AND expires_at < now()`;

/** Reads what stations were asked to do and accepted; `facts/` writes it. */
export class StationMirror {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** By what ends last. */
  reservations(cpId: string, { state }: ReservationFilter = {}): Promise<ReservationRecord[]> {
    return this.database[SQL].query(
      `SELECT * FROM (
         SELECT reservation_id AS "reservationId", evse_id AS "evseId", connector_type AS "connectorType",
                id_token AS "idToken", group_id_token AS "groupIdToken", expires_at AS "expiresAt",
                CASE WHEN ${EXPIRED} THEN 'expired' ELSE state END AS state, transaction_id AS "transactionId",
                created_at AS "createdAt", updated_at AS "updatedAt"
         FROM reservations WHERE ${OF_STATION}) reservation
       WHERE $2::text IS NULL OR state = $2
       ORDER BY "expiresAt" DESC, "reservationId" DESC`,
      [cpId, state ?? null],
    );
  }

  chargingProfiles(cpId: string): Promise<ChargingProfileRecord[]> {
    return this.database[SQL].query(
      `SELECT charging_profile_id AS "chargingProfileId", evse_id AS "evseId", stack_level AS "stackLevel", purpose,
              kind, recurrency_kind AS "recurrencyKind", valid_from AS "validFrom", valid_to AS "validTo",
              transaction_id AS "transactionId", source, schedule, alternatives, set_at AS "setAt"
       FROM charging_profiles WHERE ${OF_STATION}
       ORDER BY evse_id, purpose, stack_level, charging_profile_id`,
      [cpId],
    );
  }

  /** Null: the station has not told. */
  async localList(cpId: string): Promise<LocalListRecord | null> {
    const [list] = await this.database[SQL].query<LocalListRecord>(
      `SELECT version, updated_at AS "updatedAt" FROM local_lists WHERE ${OF_STATION}`,
      [cpId],
    );
    return list ?? null;
  }

  /** By key. */
  configuration(cpId: string): Promise<ConfigurationRecord[]> {
    return this.database[SQL].query(
      `SELECT key, value, readonly, reboot_required AS "rebootRequired", seen_at AS "seenAt"
       FROM configuration_keys WHERE ${OF_STATION} ORDER BY lower(key)`,
      [cpId],
    );
  }

  availability(cpId: string): Promise<AvailabilityRecord[]> {
    return this.database[SQL].query(
      `SELECT evse_id AS "evseId", connector_id AS "connectorId", operative, scheduled, changed_at AS "changedAt"
       FROM availability WHERE ${OF_STATION} ORDER BY evse_id, connector_id`,
      [cpId],
    );
  }

  /** Newest first. */
  firmwareUpdates(cpId: string, limit: number): Promise<FirmwareUpdateRecord[]> {
    return this.database[SQL].query(
      `SELECT request_id AS "requestId", signed, location, retrieve_at AS "retrieveAt", install_at AS "installAt",
              requested_at AS "requestedAt", status, status_at AS "statusAt"
       FROM firmware_updates WHERE ${OF_STATION} ORDER BY id DESC LIMIT $2`,
      [cpId, limit],
    );
  }

  /** Newest first. */
  logUploads(cpId: string, limit: number): Promise<LogUploadRecord[]> {
    return this.database[SQL].query(
      `SELECT log_type AS "logType", request_id AS "requestId", location, oldest, latest, file_name AS "fileName",
              requested_at AS "requestedAt", status, status_at AS "statusAt"
       FROM log_uploads WHERE ${OF_STATION} ORDER BY id DESC LIMIT $2`,
      [cpId, limit],
    );
  }

  installedCertificates(cpId: string): Promise<InstalledCertificateRecord[]> {
    return this.database[SQL].query(
      `SELECT certificate_type AS "certificateType", hash_algorithm AS "hashAlgorithm",
              issuer_name_hash AS "issuerNameHash", issuer_key_hash AS "issuerKeyHash",
              serial_number AS "serialNumber", certificate, seen_at AS "seenAt"
       FROM installed_certificates WHERE ${OF_STATION} ORDER BY certificate_type, lower(serial_number)`,
      [cpId],
    );
  }

  /** Newest first. */
  certificateSignings(cpId: string, limit: number): Promise<CertificateSigningRecord[]> {
    return this.database[SQL].query(
      `SELECT id, certificate_type AS "certificateType", csr, state, public_key AS "publicKey", common_name AS "commonName",
              refusal, certificate_chain AS "certificateChain", requested_at AS "requestedAt", settled_at AS "settledAt"
       FROM certificate_signings WHERE ${OF_STATION} ORDER BY requested_at DESC, id DESC LIMIT $2`,
      [cpId, limit],
    );
  }
}
