import type { CommandCompleted, Event } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.command → commands. */
export function commandRows(event: Event, completed: CommandCompleted): Row[] {
  return [
    {
      table: 'commands',
      columns: {
        ...envelope(event),
        request_id: completed.requestId,
        action: completed.action,
        outcome: completed.outcome,
        status: completed.status,
        error_code: completed.errorCode,
        error_description: completed.errorDescription,
      },
    },
  ];
}
