import {
  ChargingLimitChanged,
  EvChargingNeedsReported,
  EvChargingScheduleReported,
  FirmwarePublicationChanged,
  ReportCompleted,
  ReservationEnded,
  StationEventOccurred,
} from '@ocpp-gw/contracts';
import { event, type EventOverrides, type Parts, type TestEvent } from './events.ts';

/* Events of what only 2.0.1 stations tell. */

const V201 = { protocol: 'ocpp2.0.1' };

export function stationEvent(occurred: Parts<StationEventOccurred> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = StationEventOccurred.fromPartial({
    eventNumber: 1,
    trigger: 'Alerting',
    notificationType: 'CustomMonitor',
    component: 'EVSE',
    evseId: 1,
    variable: 'Power',
    actualValue: '22000',
    monitorId: 7,
    ...occurred,
  });
  return event({ $case: 'stationEventOccurred', value }, { ...V201, ...overrides });
}

export function publicationEvent(
  publication: Parts<FirmwarePublicationChanged> = {},
  overrides: EventOverrides = {},
): TestEvent {
  const value = FirmwarePublicationChanged.fromPartial({
    status: 'Published',
    ocppRequestId: 1,
    locations: ['http://hub.local/firmware'],
    ...publication,
  });
  return event({ $case: 'firmwarePublicationChanged', value }, { ...V201, ...overrides });
}

export function chargingLimitEvent(limit: Parts<ChargingLimitChanged> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = ChargingLimitChanged.fromPartial({ evseId: 1, source: 'EMS', schedulesJson: '[]', ...limit });
  return event({ $case: 'chargingLimitChanged', value }, { ...V201, ...overrides });
}

export function chargingNeedsEvent(
  reported: Parts<EvChargingNeedsReported> = {},
  overrides: EventOverrides = {},
): TestEvent {
  const value = EvChargingNeedsReported.fromPartial({
    evseId: 1,
    needsJson: '{"requestedEnergyTransfer":"DC"}',
    maxScheduleTuples: 3,
    status: 'Accepted',
    ...reported,
  });
  return event({ $case: 'evChargingNeedsReported', value }, { ...V201, ...overrides });
}

export function chargingScheduleEvent(
  reported: Parts<EvChargingScheduleReported> = {},
  overrides: EventOverrides = {},
): TestEvent {
  const value = EvChargingScheduleReported.fromPartial({
    evseId: 1,
    scheduleJson: '{"chargingRateUnit":"W","periods":[]}',
    status: 'Accepted',
    ...reported,
  });
  return event({ $case: 'evChargingScheduleReported', value }, { ...V201, ...overrides });
}

export function reservationEvent(ended: Parts<ReservationEnded> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = ReservationEnded.fromPartial({ reservationId: 1, status: 'Expired', ...ended });
  return event({ $case: 'reservationEnded', value }, { ...V201, ...overrides });
}

export function reportEvent(completed: Parts<ReportCompleted> = {}, overrides: EventOverrides = {}): TestEvent {
  const value = ReportCompleted.fromPartial({ report: 'DeviceModel', ocppRequestId: 1, parts: 2, ...completed });
  return event({ $case: 'reportCompleted', value }, { ...V201, ...overrides });
}
