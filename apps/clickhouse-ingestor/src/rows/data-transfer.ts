import type { DataTransferred, Event } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.data → data_transfers. */
export function dataTransferRows(event: Event, transferred: DataTransferred): Row[] {
  return [
    {
      table: 'data_transfers',
      columns: {
        ...envelope(event),
        vendor_id: transferred.vendorId,
        message_id: transferred.messageId,
        data: transferred.data,
        status: transferred.status,
      },
    },
  ];
}
