import type { Sql } from '@ocpp-gw/persistence';
import type { EntryOf } from '../entry.ts';
import { recordset } from '../wire-values.ts';

/** What a station says of itself at boot replaces what it said before. */
export async function writeBoots(sql: Sql, entries: readonly EntryOf<'stationBooted'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO charge_points
       (cp_id, protocol, vendor, model, serial_number, firmware_version, iccid, imsi, registration_status, last_boot_at,
        last_seen_at)
     SELECT cp_id, protocol, vendor, model, serial_number, firmware_version, iccid, imsi, registration_status, booted_at, booted_at
     FROM jsonb_to_recordset($1::jsonb) AS boot (
       cp_id text, protocol text, vendor text, model text, serial_number text, firmware_version text, iccid text,
       imsi text, registration_status text, booted_at timestamptz)
     ORDER BY lower(cp_id)
     ON CONFLICT (lower(cp_id)) DO UPDATE SET
       protocol = excluded.protocol, vendor = excluded.vendor, model = excluded.model,
       serial_number = excluded.serial_number, firmware_version = excluded.firmware_version, iccid = excluded.iccid,
       imsi = excluded.imsi, registration_status = excluded.registration_status,
       last_boot_at = greatest(charge_points.last_boot_at, excluded.last_boot_at),
       last_seen_at = greatest(charge_points.last_seen_at, excluded.last_seen_at), updated_at = now()`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          protocol: station.protocol,
          vendor: effect.vendor,
          model: effect.model,
          serial_number: effect.serialNumber,
          firmware_version: effect.firmwareVersion,
          iccid: effect.iccid,
          imsi: effect.imsi,
          registration_status: effect.registration.status,
          booted_at: now,
        })),
      ),
    ],
  );
}
