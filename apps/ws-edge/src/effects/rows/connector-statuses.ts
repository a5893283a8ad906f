import type { Sql } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { statusNotifications } from '../notification.ts';
import { int32, recordset } from '../wire-values.ts';
import { followStatuses } from './device-variables.ts';
import { recordNotifications, writtenAs } from './latest-notifications.ts';

/**
 * The status of a connector is the one received last. The time that the charger names is kept beside it, and orders nothing:
 * clocks are wrong, and are put right.
 */
export async function writeConnectorStatuses(
  sql: Sql,
  entries: readonly EntryOf<'connectorStatus'>[],
): Promise<[Entry, Written][]> {
  if (entries.length === 0) return [];
  const received = await recordNotifications(sql, entries, statusNotifications);
  const statuses = entries.flatMap((entry) => {
    const at = received.get(entry)?.[0];
    return at ? [{ entry, at }] : [];
  });
  if (statuses.length > 0) await writeStatuses(sql, statuses);
  await followStatuses(sql, statuses);
  return writtenAs(received);
}

async function writeStatuses(
  sql: Sql,
  statuses: readonly { entry: EntryOf<'connectorStatus'>; at: Date }[],
): Promise<void> {
  await sql.query(
    `INSERT INTO connectors
       (cp_id, evse_id, connector_id, status, error_code, info, vendor_id, vendor_error_code, status_at, received_at)
     SELECT cp_id, evse_id, connector_id, status, error_code, info, vendor_id, vendor_error_code, status_at, received_at
     FROM jsonb_to_recordset($1::jsonb) AS notification (
       cp_id text, evse_id integer, connector_id integer, status text, error_code text, info text, vendor_id text,
       vendor_error_code text, status_at timestamptz, received_at timestamptz)
     ORDER BY cp_id, evse_id, connector_id
     ON CONFLICT (cp_id, evse_id, connector_id) DO UPDATE SET
       status = excluded.status, error_code = excluded.error_code, info = excluded.info,
       vendor_id = excluded.vendor_id, vendor_error_code = excluded.vendor_error_code, status_at = excluded.status_at,
       received_at = excluded.received_at`,
    [
      recordset(
        statuses.map(({ entry: { station, effect }, at }) => ({
          cp_id: station.cpId,
          evse_id: int32(effect.evseId),
          connector_id: int32(effect.connectorId),
          status: effect.status,
          error_code: effect.errorCode,
          info: effect.info,
          vendor_id: effect.vendorId,
          vendor_error_code: effect.vendorErrorCode,
          status_at: effect.time.at,
          received_at: at,
        })),
      ),
    ],
  );
}
