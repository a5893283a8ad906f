import type { ConnectorStatusEffect, EvseRef, StationEvent } from '@ocpp-gw/ocpp-j';
import { VERSION_16_STATUSES } from '../version-16-status.ts';
import { evseOf } from './evse.ts';

/** ConnectorStatusEnumType, by its values in lower case. */
const STATUSES = new Map(
  ['Available', 'Occupied', 'Reserved', 'Unavailable', 'Faulted'].map((status) => [status.toLowerCase(), status]),
);
/** A longer text is no status. */
const LONGEST = 50;

/**
 * The status in an event of AvailabilityState, as StatusNotification would report it: a station may use either (OCPP 2.0.1
 * G01). Undefined when the event is about something else, or about no connector, EVSE or station.
 */
export function availabilityState({
  component,
  variable,
  actualValue,
  time,
}: StationEvent): ConnectorStatusEffect | undefined {
  if (variable.name.toLowerCase() !== 'availabilitystate') return undefined;
  const place = placeOf(component);
  const word = actualValue.trim();
  if (!place || word === '' || word.length > LONGEST) return undefined;
  const of16 = VERSION_16_STATUSES.get(word.toLowerCase());
  return {
    kind: 'connectorStatus',
    ...place,
    status: STATUSES.get(word.toLowerCase()) ?? of16 ?? word,
    // 2.0.1 has Occupied for five statuses of 1.6, so the status of 1.6 is kept as well.
    ...(of16 !== undefined && { info: word }),
    time,
  };
}

function placeOf({ name, evse }: StationEvent['component']): EvseRef | undefined {
  switch (name.toLowerCase()) {
    case 'chargingstation':
      return evseOf(undefined);
    case 'evse':
      return evse && evseOf({ id: evse.id });
    case 'connector':
      return evse && evseOf(evse);
    default:
      return undefined;
  }
}
