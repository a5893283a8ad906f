import type { Event } from '@ocpp-gw/contracts';
import {
  bootedEvent,
  chargingLimitEvent,
  chargingNeedsEvent,
  chargingScheduleEvent,
  commandEvent,
  connectionEvent,
  dataEvent,
  deviatedEvent,
  endedEvent,
  findingEvent,
  firmwareEvent,
  logEvent,
  managedEvent,
  messageEvent,
  meterEvent,
  publicationEvent,
  reportEvent,
  reservationEvent,
  securityEvent,
  signingEvent,
  startedEvent,
  stationEvent,
  statusEvent,
  updatedEvent,
  type TestEvent,
} from '@ocpp-gw/testing';

/** An event of each payload: a new payload breaks the build until it has one. */
const MAKE: Readonly<Record<NonNullable<Event['payload']>['$case'], () => TestEvent>> = {
  stationBooted: bootedEvent,
  connectorStatusChanged: statusEvent,
  meterValuesReported: meterEvent,
  transactionStarted: startedEvent,
  transactionUpdated: updatedEvent,
  transactionEnded: endedEvent,
  connectionChanged: connectionEvent,
  commandCompleted: commandEvent,
  firmwareStatusChanged: firmwareEvent,
  logStatusChanged: logEvent,
  securityEventOccurred: securityEvent,
  certificateSigningRequested: signingEvent,
  dataTransferred: dataEvent,
  stationEventOccurred: stationEvent,
  firmwarePublicationChanged: publicationEvent,
  chargingLimitChanged: chargingLimitEvent,
  evChargingNeedsReported: chargingNeedsEvent,
  evChargingScheduleReported: chargingScheduleEvent,
  reservationEnded: reservationEvent,
  reportCompleted: reportEvent,
  chargePointManaged: managedEvent,
  fieldDeviated: deviatedEvent,
  findingChanged: findingEvent,
  ocppMessage: messageEvent,
};

/** The same at each run: an id is random otherwise. */
export function exampleOf(payload: string): TestEvent {
  const make = MAKE[payload as keyof typeof MAKE];
  return { ...make(), id: '019b7a5c-9c00-7000-8000-000000000001' };
}
