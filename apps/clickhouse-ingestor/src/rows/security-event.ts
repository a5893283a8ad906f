import type { Event, SecurityEventOccurred } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.security → security_events. */
export function securityEventRows(event: Event, occurred: SecurityEventOccurred): Row[] {
  return [
    {
      table: 'security_events',
      columns: {
        ...envelope(event),
        occurred_at_raw: event.occurredAtRaw,
        type: occurred.eventType,
        tech_info: occurred.techInfo,
      },
    },
  ];
}
