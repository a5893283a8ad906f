import type { Event, FirmwarePublicationChanged } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.firmware → firmware_publications. */
export function firmwarePublicationRows(event: Event, publication: FirmwarePublicationChanged): Row[] {
  return [
    {
      table: 'firmware_publications',
      columns: {
        ...envelope(event),
        status: publication.status,
        request_id: publication.requestId ?? null,
        locations: publication.locations,
      },
    },
  ];
}
