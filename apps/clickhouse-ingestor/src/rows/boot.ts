import type { Event, StationBooted } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.boot → boots. */
export function bootRows(event: Event, boot: StationBooted): Row[] {
  return [
    {
      table: 'boots',
      columns: {
        ...envelope(event),
        occurred_at_raw: event.occurredAtRaw,
        vendor: boot.vendor,
        model: boot.model,
        serial_number: boot.serialNumber,
        firmware_version: boot.firmwareVersion,
        iccid: boot.iccid,
        imsi: boot.imsi,
        reason: boot.reason,
        registration_status: boot.registrationStatus,
        interval_seconds: boot.intervalSeconds,
      },
    },
  ];
}
