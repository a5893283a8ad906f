import type { Sql } from '@ocpp-gw/persistence';
import type { EntryOf } from '../entry.ts';
import { int32, recordset } from '../wire-values.ts';

export async function writeAvailability(sql: Sql, entries: readonly EntryOf<'availabilityChanged'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO availability (cp_id, evse_id, connector_id, operative, scheduled, changed_at)
     SELECT cp_id, evse_id, connector_id, operative, scheduled, changed_at
     FROM jsonb_to_recordset($1::jsonb) AS change (
       cp_id text, evse_id integer, connector_id integer, operative boolean, scheduled boolean, changed_at timestamptz)
     ORDER BY cp_id, evse_id, connector_id
     ON CONFLICT (cp_id, evse_id, connector_id) DO UPDATE SET
       operative = excluded.operative, scheduled = excluded.scheduled, changed_at = excluded.changed_at`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          evse_id: int32(effect.evseId),
          connector_id: int32(effect.connectorId),
          operative: effect.operative,
          scheduled: effect.scheduled,
          changed_at: now,
        })),
      ),
    ],
  );
}
