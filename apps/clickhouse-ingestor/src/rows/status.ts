import type { ConnectorStatusChanged, Event } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.status → connector_status. */
export function statusRows(event: Event, status: ConnectorStatusChanged): Row[] {
  return [
    {
      table: 'connector_status',
      columns: {
        ...envelope(event),
        occurred_at_raw: event.occurredAtRaw,
        evse_id: status.evseId,
        connector_id: status.connectorId,
        status: status.status,
        error_code: status.errorCode,
        info: status.info,
        vendor_id: status.vendorId,
        vendor_error_code: status.vendorErrorCode,
      },
    },
  ];
}
