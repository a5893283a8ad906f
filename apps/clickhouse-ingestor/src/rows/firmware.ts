import type { Event, FirmwareStatusChanged } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.firmware → firmware_status. */
export function firmwareRows(event: Event, firmware: FirmwareStatusChanged): Row[] {
  return [
    {
      table: 'firmware_status',
      columns: {
        ...envelope(event),
        status: firmware.status,
        request_id: firmware.requestId ?? null,
        signed: firmware.signed,
      },
    },
  ];
}
