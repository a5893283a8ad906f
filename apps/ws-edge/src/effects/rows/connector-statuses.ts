import type { Sql } from '@ocpp-gw/persistence';
import type { EntryOf } from '../entry.ts';
import { int32, recordset } from '../wire-values.ts';

/** A notification older than the row (queued offline, overtaken) is told as an event but is not the status now. */
export async function writeConnectorStatuses(sql: Sql, entries: readonly EntryOf<'connectorStatus'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO connectors
       (cp_id, evse_id, connector_id, status, error_code, info, vendor_id, vendor_error_code, status_at)
     SELECT cp_id, evse_id, connector_id, status, error_code, info, vendor_id, vendor_error_code, status_at
     FROM jsonb_to_recordset($1::jsonb) AS notification (
       cp_id text, evse_id integer, connector_id integer, status text, error_code text, info text, vendor_id text,
       vendor_error_code text, status_at timestamptz)
     ORDER BY cp_id, evse_id, connector_id
     ON CONFLICT (cp_id, evse_id, connector_id) DO UPDATE SET
       status = excluded.status, error_code = excluded.error_code, info = excluded.info,
       vendor_id = excluded.vendor_id, vendor_error_code = excluded.vendor_error_code, status_at = excluded.status_at
     WHERE connectors.status_at <= excluded.status_at`,
    [
      recordset(
        entries.map(({ station, effect }) => ({
          cp_id: station.cpId,
          evse_id: int32(effect.evseId),
          connector_id: int32(effect.connectorId),
          status: effect.status,
          error_code: effect.errorCode,
          info: effect.info,
          vendor_id: effect.vendorId,
          vendor_error_code: effect.vendorErrorCode,
          status_at: effect.time.at,
        })),
      ),
    ],
  );
}
