import type { Sql } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { int32, recordset } from '../wire-values.ts';

/**
 * What external systems limit now (OCPP 2.0.1 K12 to K14). The notification carries no time, so a repetition is known by the
 * row: the same limit again is not fresh. That a limit is lifted is told each time: of a limit that was set before anybody
 * listened there is no row.
 */
export async function writeChargingLimits(
  sql: Sql,
  entries: readonly EntryOf<'chargingLimit'>[],
): Promise<[Entry, Written][]> {
  const set = entries.filter(({ effect }) => !effect.cleared);
  const [answers] = await Promise.all([
    setLimits(sql, set),
    clearLimits(
      sql,
      entries.filter(({ effect }) => effect.cleared),
    ),
  ]);
  return answers;
}

async function setLimits(sql: Sql, entries: readonly EntryOf<'chargingLimit'>[]): Promise<[Entry, Written][]> {
  if (entries.length === 0) return [];
  const rows = entries.map(({ station, effect }) => ({
    cp_id: station.cpId,
    evse_id: int32(effect.evseId),
    source: effect.source,
    grid_critical: effect.gridCritical,
    schedules: effect.schedules,
    set_at: effect.time.at,
  }));
  const written = await sql.query<{ cpId: string; evseId: number; source: string }>(
    `INSERT INTO charging_limits (cp_id, evse_id, source, grid_critical, schedules, set_at)
     SELECT cp_id, evse_id, source, grid_critical, schedules, set_at
     FROM jsonb_to_recordset($1::jsonb) AS told (
       cp_id text, evse_id integer, source text, grid_critical boolean, schedules jsonb, set_at timestamptz)
     ORDER BY cp_id, evse_id, source
     ON CONFLICT (cp_id, evse_id, source) DO UPDATE SET
       grid_critical = excluded.grid_critical, schedules = excluded.schedules, set_at = excluded.set_at
     WHERE (charging_limits.grid_critical, charging_limits.schedules)
       IS DISTINCT FROM (excluded.grid_critical, excluded.schedules)
     RETURNING cp_id AS "cpId", evse_id AS "evseId", source`,
    [recordset(rows)],
  );
  const keyOf = (...key: unknown[]): string => JSON.stringify(key);
  const fresh = new Set(written.map(({ cpId, evseId, source }) => keyOf(cpId, evseId, source)));
  return entries.map((entry, index) => {
    const row = rows[index];
    return [entry, { fresh: fresh.has(keyOf(row?.cp_id, row?.evse_id, row?.source)) }];
  });
}

/** Of the whole station: with it those of its EVSEs. */
async function clearLimits(sql: Sql, entries: readonly EntryOf<'chargingLimit'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `DELETE FROM charging_limits known
     USING jsonb_to_recordset($1::jsonb) AS cleared (cp_id text, evse_id integer, source text)
     WHERE (known.cp_id, known.source) = (cleared.cp_id, cleared.source) AND cleared.evse_id IN (0, known.evse_id)`,
    [
      recordset(
        entries.map(({ station, effect }) => ({
          cp_id: station.cpId,
          evse_id: int32(effect.evseId),
          source: effect.source,
        })),
      ),
    ],
  );
}
