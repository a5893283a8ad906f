import type { VariableFact } from '@ocpp-gw/ocpp-j';
import type { Sql } from '@ocpp-gw/persistence';
import type { EntryOf } from '../entry.ts';
import { recordset } from '../wire-values.ts';
import { componentVariable } from './component-variable.ts';

/**
 * Attribute by attribute; what a message leaves out (GetVariables tells values alone) stays as it was. An inventory comes
 * hundreds at a time, and may name an attribute twice: the later word holds.
 */
export async function writeVariables(sql: Sql, entries: readonly EntryOf<'variablesTold'>[]): Promise<void> {
  const facts = entries.flatMap(({ station, effect, now }) =>
    effect.variables.map((fact) => ({ cp_id: station.cpId, seen_at: now, ...attribute(fact) })),
  );
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
