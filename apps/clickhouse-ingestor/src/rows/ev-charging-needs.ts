import type { EvChargingNeedsReported, Event } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.charging → ev_charging_needs. */
export function evChargingNeedsRows(event: Event, reported: EvChargingNeedsReported): Row[] {
  return [
    {
      table: 'ev_charging_needs',
      columns: {
        ...envelope(event),
        evse_id: reported.evseId,
        needs: reported.needsJson,
        max_schedule_tuples: reported.maxScheduleTuples ?? null,
        status: reported.status,
      },
    },
  ];
}
