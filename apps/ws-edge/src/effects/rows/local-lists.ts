import type { Sql } from '@ocpp-gw/persistence';
import type { EntryOf } from '../entry.ts';
import { int32, recordset } from '../wire-values.ts';

export async function writeLocalLists(sql: Sql, entries: readonly EntryOf<'localListVersion'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO local_lists (cp_id, version, updated_at)
     SELECT cp_id, version, updated_at
     FROM jsonb_to_recordset($1::jsonb) AS list (cp_id text, version integer, updated_at timestamptz)
     ORDER BY cp_id
     ON CONFLICT (cp_id) DO UPDATE SET version = excluded.version, updated_at = excluded.updated_at`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          version: int32(effect.version),
          updated_at: now,
        })),
      ),
    ],
  );
}
