import type { Sql } from '@ocpp-gw/persistence';
import type { EntryOf } from '../entry.ts';
import { recordset } from '../wire-values.ts';

/** What a station told of its keys; of a complete list, what it did not name is gone. */
export async function writeConfigurationSeen(
  sql: Sql,
  entries: readonly EntryOf<'configurationSeen'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `WITH station AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS station (
         cp_id text, keys jsonb, unknown_keys jsonb, complete boolean, seen_at timestamptz)),
     seen AS (
       -- A station that names a key twice means one.
       SELECT DISTINCT ON (cp_id, lower(key)) cp_id, key, value, readonly, seen_at
       FROM station, jsonb_to_recordset(keys) AS one (key text, value text, readonly boolean)
       ORDER BY cp_id, lower(key)),
     gone AS (
       DELETE FROM configuration_keys known USING station
       WHERE known.cp_id = station.cp_id
         AND (station.complete OR lower(known.key) IN (
           SELECT lower(one.key) FROM jsonb_array_elements_text(unknown_keys) AS one (key)))
         AND NOT EXISTS (SELECT FROM seen WHERE seen.cp_id = known.cp_id AND lower(seen.key) = lower(known.key)))
     INSERT INTO configuration_keys (cp_id, key, value, readonly, seen_at)
     SELECT cp_id, key, value, readonly, seen_at FROM seen
     ON CONFLICT (cp_id, lower(key)) DO UPDATE SET
       key = excluded.key, value = excluded.value, readonly = excluded.readonly, seen_at = excluded.seen_at`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          keys: effect.keys,
          unknown_keys: effect.unknownKeys,
          complete: effect.complete,
          seen_at: now,
        })),
      ),
    ],
  );
}

/** What could be changed is not read-only, whatever a list said of it. */
export async function writeConfigurationChanges(
  sql: Sql,
  entries: readonly EntryOf<'configurationChanged'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO configuration_keys (cp_id, key, value, readonly, reboot_required, seen_at)
     SELECT cp_id, key, value, false, reboot_required, seen_at
     FROM jsonb_to_recordset($1::jsonb) AS change (
       cp_id text, key text, value text, reboot_required boolean, seen_at timestamptz)
     ORDER BY cp_id, lower(key)
     ON CONFLICT (cp_id, lower(key)) DO UPDATE SET
       value = excluded.value, readonly = false, reboot_required = excluded.reboot_required,
       seen_at = excluded.seen_at`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          key: effect.key,
          value: effect.value,
          reboot_required: effect.rebootRequired,
          seen_at: now,
        })),
      ),
    ],
  );
}

/** A boot is the reboot that changes waited for. */
export async function settleConfiguration(sql: Sql, entries: readonly EntryOf<'stationBooted'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    'UPDATE configuration_keys SET reboot_required = false WHERE reboot_required AND cp_id = ANY ($1::text[])',
    [entries.map(({ station }) => station.cpId)],
  );
}
