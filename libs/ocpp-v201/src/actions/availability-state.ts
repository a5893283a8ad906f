import type { ConnectorStatusEffect, EvseRef, StationEvent } from '@ocpp-gw/ocpp-j';
import { evseOf } from './evse.ts';

/** ConnectorStatusEnumType, and what stations that grew up with 1.6 say in its place. */
const STATUSES = [
  'Available',
  'Occupied',
  'Reserved',
  'Unavailable',
  'Faulted',
  'Preparing',
  'Charging',
  'SuspendedEV',
  'SuspendedEVSE',
  'Finishing',
];
const BY_LETTERS = new Map(STATUSES.map((status) => [status.toLowerCase(), status]));
/** A text beyond this is no status. */
const LONGEST = 50;

/**
 * The status that an event of AvailabilityState tells, as StatusNotification would: a station may use either (OCPP 2.0.1
 * G01). Undefined: the event is of something else, or says of no connector, EVSE or station what it is.
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
  return { kind: 'connectorStatus', ...place, status: BY_LETTERS.get(word.toLowerCase()) ?? word, time };
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
