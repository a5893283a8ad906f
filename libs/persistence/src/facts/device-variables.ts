import type { StationEvent, VariableFact } from '@ocpp-gw/ocpp-j';
import { given } from '../tables/given.ts';
import { TABLES } from '../tables/tables.ts';
import { each, same, type Writer } from '../tables/writer.ts';
import { componentVariable } from './component-variable.ts';
import type { EntryOf } from './entry.ts';
import type { Facts } from './fact.ts';
import { notified, writtenAs } from './latest-notifications.ts';
import { digest, notification, type Notification } from './notification.ts';

/** Longest name of a component or variable, with room to spare; an index entry has an end. */
const LONGEST_NAME = 255;

interface Seen extends VariableFact {
  cpId: string;
  at: Date;
}

const ATTRIBUTES = given(
  // A field that is left out keeps its known value.
  { ...TABLES.device_variables.columns, reboot_required: 'boolean?' },
  {
    cp_id: ({ cpId }: Seen) => cpId,
    ...componentVariable,
    attribute_type: ({ attributeType }: Seen) => attributeType,
    value: ({ value }: Seen) => value,
    mutability: ({ mutability }: Seen) => mutability,
    persistent: ({ persistent }: Seen) => persistent,
    constant: ({ constant }: Seen) => constant,
    characteristics: ({ characteristics }: Seen) => characteristics,
    reboot_required: ({ rebootRequired }: Seen) => rebootRequired,
    seen_at: ({ at }: Seen) => at,
  },
);
const NAMES = ATTRIBUTES.names.join(', ');
const IDENTITY = TABLES.device_variables.key.join(', ');

/** An inventory comes hundreds at a time, and may name an attribute twice: the later one counts. */
const WRITE_ATTRIBUTES = `
  WITH seen AS (
    SELECT DISTINCT ON (${IDENTITY}) *
    FROM (SELECT row_number() OVER () AS position, * FROM ${ATTRIBUTES.as('one')}) one
    ORDER BY ${IDENTITY}, position DESC)
  INSERT INTO device_variables AS known (${NAMES})
  SELECT ${ATTRIBUTES.names.map((name) => (name === 'reboot_required' ? `coalesce(seen.${name}, earlier.${name}, false)` : `seen.${name}`)).join(', ')}
  FROM seen LEFT JOIN device_variables earlier ON ${same('device_variables', 'earlier', 'seen')}
  ON CONFLICT (${IDENTITY}) DO UPDATE SET
    value = coalesce(excluded.value, known.value), mutability = coalesce(excluded.mutability, known.mutability),
    persistent = coalesce(excluded.persistent, known.persistent),
    constant = coalesce(excluded.constant, known.constant),
    characteristics = coalesce(excluded.characteristics, known.characteristics),
    reboot_required = excluded.reboot_required, seen_at = excluded.seen_at`;

const writeAttributes: Writer<Seen> = async (sql, seen) => {
  await sql.query(WRITE_ATTRIBUTES, [ATTRIBUTES.parameter(seen)]);
};

export const deviceVariables = {
  variablesReported: {
    table: 'device_variables',
    conflictKey: ['configuration'],
    write: [
      each(
        ({ station: { cpId }, effect, now }) => effect.variables.map((fact) => ({ ...fact, cpId, at: now })),
        writeAttributes,
      ),
    ],
  },
  /** An event of a variable holds its present value (OCPP 2.0.1 N07). */
  stationEvents: {
    table: 'device_variables',
    conflictKey: ['stationEvents'],
    write: [
      async (sql, entries) => {
        const received = await notified(sql, entries, eventNotifications);
        const seen = entries.flatMap((entry) =>
          entry.effect.events.flatMap((event, index): Seen[] => {
            const at = received.get(entry)?.[index];
            if (!at || !saysValue(event)) return [];
            const { component, variable, actualValue: value } = event;
            return [{ cpId: entry.station.cpId, at, component, variable, attributeType: 'Actual', value }];
          }),
        );
        if (seen.length > 0) await writeAttributes(sql, seen);
        return writtenAs(received);
      },
    ],
  },
} satisfies Facts;

function saysValue({ component, variable, actualValue }: StationEvent): boolean {
  const names = [component.name, component.instance, variable.name, variable.instance];
  // The value of a write-only variable is empty, or left out.
  return actualValue !== '' && names.every((name) => (name ?? '').length <= LONGEST_NAME);
}

function eventNotifications(entry: EntryOf<'stationEvents'>): Notification[] {
  return entry.effect.events.map(({ time, ...said }, index) => {
    const { component, variable } = said;
    // Names are identifierStrings: case-insensitive.
    const names = [component.name, component.instance, variable.name, variable.instance].map((name) =>
      name?.toLowerCase(),
    );
    const place = [component.evse?.id, component.evse?.connectorId];
    return notification(entry, `event/${digest([names, place])}`, [said], time, index);
  });
}
