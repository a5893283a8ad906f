import type { EvChargingScheduleReported, Event } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.charging → ev_charging_schedules. */
export function evChargingScheduleRows(event: Event, reported: EvChargingScheduleReported): Row[] {
  return [
    {
      table: 'ev_charging_schedules',
      columns: {
        ...envelope(event),
        occurred_at_raw: event.occurredAtRaw,
        evse_id: reported.evseId,
        schedule: reported.scheduleJson,
        status: reported.status,
      },
    },
  ];
}
