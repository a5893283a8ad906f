import type { StationEvent, VariableFact } from '@ocpp-gw/ocpp-j';
import type { Sql } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { eventNotifications } from '../notification.ts';
import { int32, recordset } from '../wire-values.ts';
import { componentVariable } from './component-variable.ts';
import { recordNotifications, writtenAs } from './latest-notifications.ts';

/** Longest name of a component or variable, with room to spare; an index entry has an end. */
const LONGEST_NAME = 255;

/** What a message tells of variables; what it leaves out (GetVariables tells values alone) stays as it was. */
export async function writeVariables(sql: Sql, entries: readonly EntryOf<'variablesTold'>[]): Promise<void> {
  await writeAttributes(
    sql,
    entries.flatMap(({ station, effect, now }) =>
      effect.variables.map((fact) => ({ cp_id: station.cpId, seen_at: now, ...attribute(fact) })),
    ),
  );
}

/** An event of a variable tells the value that it has now (OCPP 2.0.1 N07). */
export async function writeStationEvents(
  sql: Sql,
  entries: readonly EntryOf<'stationEvents'>[],
): Promise<[Entry, Written][]> {
  if (entries.length === 0) return [];
  const received = await recordNotifications(sql, entries, eventNotifications);
  await writeAttributes(
    sql,
    entries.flatMap((entry) =>
      entry.effect.events.flatMap((event, index) => {
        const at = received.get(entry)?.[index];
        return at && tellsValue(event)
          ? [
              {
                cp_id: entry.station.cpId,
                seen_at: at,
                ...attribute({ ...event, attributeType: 'Actual', value: event.actualValue }),
              },
            ]
          : [];
      }),
    ),
  );
  return writtenAs(received);
}

function tellsValue({ component, variable, actualValue }: StationEvent): boolean {
  const names = [component.name, component.instance, variable.name, variable.instance];
  // The value of what is write-only is empty, or left out.
  return actualValue !== '' && names.every((name) => (name ?? '').length <= LONGEST_NAME);
}

/** A status that a station tells is the value of its AvailabilityState, where it has that variable (OCPP 2.0.1 G01). */
export async function followStatuses(
  sql: Sql,
  statuses: readonly { entry: EntryOf<'connectorStatus'>; at: Date }[],
): Promise<void> {
  const stations = statuses.filter(({ entry }) => entry.station.protocol === 'ocpp2.0.1');
  if (stations.length === 0) return;
  await sql.query(
    `UPDATE device_variables known SET value = told.status, seen_at = told.seen_at
     FROM jsonb_to_recordset($1::jsonb) AS told (
       cp_id text, component text, evse_id integer, connector_id integer, status text, seen_at timestamptz)
     WHERE (known.cp_id, lower(known.component), known.evse_id, known.connector_id)
         = (told.cp_id, told.component, told.evse_id, told.connector_id)
       AND known.component_instance = '' AND known.variable_instance = ''
       AND lower(known.variable) = 'availabilitystate' AND known.attribute_type = 'Actual'`,
    [
      recordset(
        stations.map(({ entry: { station, effect }, at }) => ({
          cp_id: station.cpId,
          component: effect.connectorId > 0 ? 'connector' : effect.evseId > 0 ? 'evse' : 'chargingstation',
          evse_id: int32(effect.evseId),
          connector_id: int32(effect.connectorId),
          status: effect.status,
          seen_at: at,
        })),
      ),
    ],
  );
}

/** An inventory comes hundreds at a time, and may name an attribute twice: the later word holds. */
async function writeAttributes(sql: Sql, facts: readonly object[]): Promise<void> {
  if (facts.length === 0) return;
  await sql.query(
    `WITH told AS (
       SELECT DISTINCT ON (${IDENTITY}) *
       FROM (SELECT row_number() OVER () AS position, * FROM jsonb_to_recordset($1::jsonb) AS one (
         cp_id text, component text, component_instance text, evse_id integer, connector_id integer, variable text,
         variable_instance text, attribute_type text, value text, mutability text, persistent boolean,
         constant boolean, characteristics jsonb, reboot_required boolean, seen_at timestamptz)) one
       ORDER BY ${IDENTITY}, position DESC)
     INSERT INTO device_variables AS known
       (cp_id, component, component_instance, evse_id, connector_id, variable, variable_instance, attribute_type,
        value, mutability, persistent, constant, characteristics, reboot_required, seen_at)
     SELECT told.cp_id, told.component, told.component_instance, told.evse_id, told.connector_id, told.variable,
        told.variable_instance, told.attribute_type, told.value, told.mutability, told.persistent, told.constant,
        told.characteristics, coalesce(told.reboot_required, earlier.reboot_required, false), told.seen_at
     FROM told LEFT JOIN device_variables earlier
       ON (${identityOf('earlier')}) = (${identityOf('told')})
     ON CONFLICT (${IDENTITY}) DO UPDATE SET
       value = coalesce(excluded.value, known.value), mutability = coalesce(excluded.mutability, known.mutability),
       persistent = coalesce(excluded.persistent, known.persistent),
       constant = coalesce(excluded.constant, known.constant),
       characteristics = coalesce(excluded.characteristics, known.characteristics),
       reboot_required = excluded.reboot_required, seen_at = excluded.seen_at`,
    [recordset(facts)],
  );
}

const IDENTITY = `cp_id, lower(component), lower(component_instance), evse_id, connector_id, lower(variable),
  lower(variable_instance), attribute_type`;

function identityOf(table: string): string {
  return `${table}.cp_id, lower(${table}.component), lower(${table}.component_instance), ${table}.evse_id,
    ${table}.connector_id, lower(${table}.variable), lower(${table}.variable_instance), ${table}.attribute_type`;
}

function attribute(fact: VariableFact): object {
  return {
    ...componentVariable(fact),
    attribute_type: fact.attributeType,
    value: fact.value,
    mutability: fact.mutability,
    persistent: fact.persistent,
    constant: fact.constant,
    characteristics: fact.characteristics,
    reboot_required: fact.rebootRequired,
  };
}

/** A boot is the reboot that changes waited for. */
export async function settleVariables(sql: Sql, entries: readonly EntryOf<'stationBooted'>[]): Promise<void> {
  const stations = entries.filter(({ station }) => station.protocol === 'ocpp2.0.1');
  if (stations.length === 0) return;
  await sql.query(
    'UPDATE device_variables SET reboot_required = false WHERE reboot_required AND cp_id = ANY ($1::text[])',
    [stations.map(({ station }) => station.cpId)],
  );
}
