import type { ConnectionChanged, Event } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.connection → connections. */
export function connectionRows(event: Event, change: ConnectionChanged): Row[] {
  return [
    {
      table: 'connections',
      columns: {
        ...envelope(event),
        connected: change.connected,
        connection_id: change.connectionId,
        remote_address: change.remoteAddress,
        close_code: change.closeCode,
        reason: change.reason,
      },
    },
  ];
}
