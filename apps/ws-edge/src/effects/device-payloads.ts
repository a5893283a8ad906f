import type { EventFacts } from '@ocpp-gw/contracts';
import type {
  ChargingLimitEffect,
  EvChargingNeedsEffect,
  EvChargingScheduleEffect,
  FirmwarePublicationStatusEffect,
  ReportPartEffect,
  ReportRequestedEffect,
  ReservationEndedEffect,
  StationEvent,
} from '@ocpp-gw/ocpp-j';
import { int32, optionalInt32, type Written } from '@ocpp-gw/persistence/facts';

type Payload = EventFacts['payload'];

export function eventPayload(event: StationEvent): Payload {
  const { component, variable } = event;
  return {
    $case: 'stationEventOccurred',
    value: {
      eventNumber: int32(event.eventId),
      trigger: event.trigger,
      notificationType: event.notificationType,
      component: component.name,
      componentInstance: component.instance ?? '',
      evseId: int32(component.evse?.id ?? 0),
      connectorId: int32(component.evse?.connectorId ?? 0),
      variable: variable.name,
      variableInstance: variable.instance ?? '',
      actualValue: event.actualValue,
      cause: optionalInt32(event.cause),
      techCode: event.techCode ?? '',
      techInfo: event.techInfo ?? '',
      cleared: event.cleared ?? false,
      transactionId: event.transactionId ?? '',
      monitorId: optionalInt32(event.monitorId),
    },
  };
}

export function publicationPayload({ status, requestId, locations }: FirmwarePublicationStatusEffect): Payload {
  return {
    $case: 'firmwarePublicationChanged',
    value: { status, ocppRequestId: optionalInt32(requestId), locations: [...(locations ?? [])] },
  };
}

export function limitPayload({ evseId, source, cleared, gridCritical, schedules }: ChargingLimitEffect): Payload {
  return {
    $case: 'chargingLimitChanged',
    value: {
      evseId: int32(evseId),
      source,
      cleared,
      gridCritical: gridCritical ?? false,
      schedulesJson: schedules ? JSON.stringify(schedules) : '',
    },
  };
}

export function needsPayload({ evseId, needs, maxScheduleTuples, status }: EvChargingNeedsEffect): Payload {
  return {
    $case: 'evChargingNeedsReported',
    value: {
      evseId: int32(evseId),
      needsJson: JSON.stringify(needs),
      maxScheduleTuples: optionalInt32(maxScheduleTuples),
      status,
    },
  };
}

export function schedulePayload({ evseId, schedule, status }: EvChargingScheduleEffect): Payload {
  return {
    $case: 'evChargingScheduleReported',
    value: { evseId: int32(evseId), scheduleJson: JSON.stringify(schedule), status },
  };
}

export function reservationPayload({ reservationId, status }: ReservationEndedEffect): Payload {
  return { $case: 'reservationEnded', value: { reservationId: int32(reservationId), status } };
}

export function reportPayload(
  { report, requestId }: ReportRequestedEffect | ReportPartEffect,
  { parts }: Written,
): Payload {
  return { $case: 'reportCompleted', value: { report, ocppRequestId: int32(requestId), parts: parts ?? 0 } };
}
