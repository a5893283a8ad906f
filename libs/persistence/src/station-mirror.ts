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
import { OF_STATION, recordsOf } from './of-station.ts';
import { SQL } from './sql.ts';
import { selectBut } from './tables/record.ts';

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

  /** Those that end last come first. */
  reservations(cpId: string, { state }: ReservationFilter = {}): Promise<ReservationRecord[]> {
    return this.database[SQL].query(
      `SELECT * FROM (
         SELECT ${selectBut('reservations', ['cp_id', 'state'])},
                CASE WHEN ${EXPIRED} THEN 'expired' ELSE state END AS state
         FROM reservations WHERE ${OF_STATION}) reservation
       WHERE $2::text IS NULL OR state = $2
       ORDER BY "expiresAt" DESC, "reservationId" DESC`,
      [cpId, state ?? null],
    );
  }

  chargingProfiles(cpId: string): Promise<ChargingProfileRecord[]> {
    return this.database[SQL].query(
      `${recordsOf('charging_profiles')}
       ORDER BY evse_id, purpose, stack_level, charging_profile_id`,
      [cpId],
    );
  }

  /** Null when the station has not reported it. */
  async localList(cpId: string): Promise<LocalListRecord | null> {
    const [list] = await this.database[SQL].query<LocalListRecord>(`${recordsOf('local_lists')}`, [cpId]);
    return list ?? null;
  }

  /** By key. */
  configuration(cpId: string): Promise<ConfigurationRecord[]> {
    return this.database[SQL].query(`${recordsOf('configuration_keys')} ORDER BY lower(key)`, [cpId]);
  }

  availability(cpId: string): Promise<AvailabilityRecord[]> {
    return this.database[SQL].query(`${recordsOf('availability')} ORDER BY evse_id, connector_id`, [cpId]);
  }

  /** Newest first. */
  firmwareUpdates(cpId: string, limit: number): Promise<FirmwareUpdateRecord[]> {
    return this.database[SQL].query(`${recordsOf('firmware_updates', ['id', 'cp_id'])} ORDER BY id DESC LIMIT $2`, [
      cpId,
      limit,
    ]);
  }

  /** Newest first. */
  logUploads(cpId: string, limit: number): Promise<LogUploadRecord[]> {
    return this.database[SQL].query(`${recordsOf('log_uploads', ['id', 'cp_id'])} ORDER BY id DESC LIMIT $2`, [
      cpId,
      limit,
    ]);
  }

  installedCertificates(cpId: string): Promise<InstalledCertificateRecord[]> {
    return this.database[SQL].query(
      `${recordsOf('installed_certificates')} ORDER BY certificate_type, lower(serial_number)`,
      [cpId],
    );
  }

  /** Newest first. */
  certificateSignings(cpId: string, limit: number): Promise<CertificateSigningRecord[]> {
    return this.database[SQL].query(
      `${recordsOf('certificate_signings', ['cp_id', 'csr_hash'])} ORDER BY requested_at DESC, id DESC LIMIT $2`,
      [cpId, limit],
    );
  }
}
