import type { Sql } from '@ocpp-gw/persistence';
import type { EntryOf } from '../entry.ts';
import { int32, recordset } from '../wire-values.ts';
import { componentVariable } from './component-variable.ts';

/** A monitor is known by its id; the later word on one holds. */
export async function writeMonitors(sql: Sql, entries: readonly EntryOf<'monitorsTold'>[]): Promise<void> {
  const monitors = entries.flatMap(({ station, effect, now }) =>
    effect.monitors.map((monitor) => ({
      cp_id: station.cpId,
      seen_at: now,
      ...componentVariable(monitor),
      monitor_id: int32(monitor.id),
      type: monitor.type,
      value: monitor.value,
      severity: int32(monitor.severity),
      transaction: monitor.transaction,
    })),
  );
  if (monitors.length === 0) return;
  await sql.query(
    `INSERT INTO variable_monitors
       (cp_id, monitor_id, component, component_instance, evse_id, connector_id, variable, variable_instance, type, value,
        severity, "transaction", seen_at)
     SELECT DISTINCT ON (cp_id, monitor_id)
        cp_id, monitor_id, component, component_instance, evse_id, connector_id, variable, variable_instance, type, value,
        severity, "transaction", seen_at
     FROM (SELECT row_number() OVER () AS position, * FROM jsonb_to_recordset($1::jsonb) AS one (
       cp_id text, monitor_id integer, component text, component_instance text, evse_id integer, connector_id integer,
       variable text, variable_instance text, type text, value double precision, severity integer,
       "transaction" boolean, seen_at timestamptz)) told
     ORDER BY cp_id, monitor_id, position DESC
     ON CONFLICT (cp_id, monitor_id) DO UPDATE SET
       component = excluded.component, component_instance = excluded.component_instance, evse_id = excluded.evse_id,
       connector_id = excluded.connector_id, variable = excluded.variable,
       variable_instance = excluded.variable_instance, type = excluded.type, value = excluded.value,
       severity = excluded.severity, "transaction" = excluded."transaction", seen_at = excluded.seen_at`,
    [recordset(monitors)],
  );
}

export async function clearMonitors(sql: Sql, entries: readonly EntryOf<'monitorsCleared'>[]): Promise<void> {
  const cleared = entries.flatMap(({ station, effect }) =>
    effect.ids.map((id) => ({ cp_id: station.cpId, monitor_id: int32(id) })),
  );
  if (cleared.length === 0) return;
  await sql.query(
    `DELETE FROM variable_monitors monitor
     USING jsonb_to_recordset($1::jsonb) AS cleared (cp_id text, monitor_id integer)
     WHERE (monitor.cp_id, monitor.monitor_id) = (cleared.cp_id, cleared.monitor_id)`,
    [recordset(cleared)],
  );
}
