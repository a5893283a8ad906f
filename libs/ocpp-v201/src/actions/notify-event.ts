import { type ActionHandler, type StationEvent, clockIsAbsurd, readChargerTime, rulesMet } from '@ocpp-gw/ocpp-j';
import type { EventDataType, NotifyEventRequest, NotifyEventResponse } from '#generated/messages.d.ts';
import { isBasicAuthPassword } from '../commands/basic-auth-password.ts';
import { availabilityState } from './availability-state.ts';
import { readComponent, readVariable } from '../commands/component.ts';

/**
 * NotifyEvent, charging station to CSMS (OCPP 2.0.1 N07, N08, G05).
 * A monitor has found something. Each event is handled by itself, in whichever part of whichever message it comes. Where
 * the variable is AvailabilityState, it is a status as well (G01).
 */
export const notifyEvent: ActionHandler<NotifyEventRequest, NotifyEventResponse, never> = {
  lookups: () => ({}),
  decide({ eventData }, { now }) {
    const events = eventData.map((event) => eventOf(event, now));
    return {
      reply: {},
      before: [{ kind: 'stationEvents', events }, ...events.flatMap((event) => availabilityState(event) ?? [])],
      noted: rulesMet({ 'clock-absurd': eventData.some(({ timestamp }) => clockIsAbsurd(timestamp, now)) }),
    };
  },
};

function eventOf(event: EventDataType, now: Date): StationEvent {
  return {
    eventId: event.eventId,
    time: readChargerTime(event.timestamp, now),
    trigger: event.trigger,
    notificationType: event.eventNotificationType,
    component: readComponent(event.component),
    variable: readVariable(event.variable),
    // A station should leave a write-only value empty. If it does not, the password must not be kept.
    actualValue: isBasicAuthPassword(event) ? '' : event.actualValue,
    cause: event.cause,
    techCode: event.techCode,
    techInfo: event.techInfo,
    cleared: event.cleared,
    transactionId: event.transactionId,
    monitorId: event.variableMonitoringId,
  };
}
