import type { Event, StationEventOccurred } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.event → station_events. */
export function stationEventRows(event: Event, occurred: StationEventOccurred): Row[] {
  return [
    {
      table: 'station_events',
      columns: {
        ...envelope(event),
        occurred_at_raw: event.occurredAtRaw,
        event_number: occurred.eventNumber,
        trigger: occurred.trigger,
        notification_type: occurred.notificationType,
        component: occurred.component,
        component_instance: occurred.componentInstance,
        evse_id: occurred.evseId,
        connector_id: occurred.connectorId,
        variable: occurred.variable,
        variable_instance: occurred.variableInstance,
        actual_value: occurred.actualValue,
        cause: occurred.cause ?? null,
        tech_code: occurred.techCode,
        tech_info: occurred.techInfo,
        cleared: occurred.cleared,
        transaction_id: occurred.transactionId,
        monitor_id: occurred.monitorId ?? null,
      },
    },
  ];
}
