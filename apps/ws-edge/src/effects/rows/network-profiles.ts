import type { Sql } from '@ocpp-gw/persistence';
import type { EntryOf } from '../entry.ts';
import { int32, recordset } from '../wire-values.ts';

/** A slot holds one profile. */
export async function writeNetworkProfiles(sql: Sql, entries: readonly EntryOf<'networkProfileSet'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO network_profiles (cp_id, configuration_slot, connection, set_at)
     SELECT cp_id, configuration_slot, connection, set_at
     FROM jsonb_to_recordset($1::jsonb) AS profile (
       cp_id text, configuration_slot integer, connection jsonb, set_at timestamptz)
     ORDER BY cp_id, configuration_slot
     ON CONFLICT (cp_id, configuration_slot) DO UPDATE SET connection = excluded.connection, set_at = excluded.set_at`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          configuration_slot: int32(effect.configurationSlot),
          connection: effect.connection,
          set_at: now,
        })),
      ),
    ],
  );
}
