import type { Event, LogStatusChanged } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.log → log_status. */
export function logRows(event: Event, log: LogStatusChanged): Row[] {
  return [
    {
      table: 'log_status',
      columns: {
        ...envelope(event),
        status: log.status,
        request_id: log.requestId ?? null,
        diagnostics: log.diagnostics,
      },
    },
  ];
}
