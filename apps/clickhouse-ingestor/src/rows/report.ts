import type { Event, ReportCompleted } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.report → reports. */
export function reportRows(event: Event, completed: ReportCompleted): Row[] {
  return [
    {
      table: 'reports',
      columns: {
        ...envelope(event),
        occurred_at_raw: event.occurredAtRaw,
        report: completed.report,
        request_id: completed.requestId,
        parts: completed.parts,
      },
    },
  ];
}
