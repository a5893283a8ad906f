import type { ChargingLimitChanged, Event } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.charging → charging_limits. */
export function chargingLimitRows(event: Event, limit: ChargingLimitChanged): Row[] {
  return [
    {
      table: 'charging_limits',
      columns: {
        ...envelope(event),
        evse_id: limit.evseId,
        source: limit.source,
        cleared: limit.cleared,
        grid_critical: limit.gridCritical,
        schedules: limit.schedulesJson,
      },
    },
  ];
}
