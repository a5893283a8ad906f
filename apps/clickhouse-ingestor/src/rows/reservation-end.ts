import type { Event, ReservationEnded } from '@ocpp-gw/contracts';
import { envelope } from './envelope.ts';
import type { Row } from './row.ts';

/** cp.reservation → reservation_ends. */
export function reservationEndRows(event: Event, ended: ReservationEnded): Row[] {
  return [
    {
      table: 'reservation_ends',
      columns: {
        ...envelope(event),
        reservation_id: ended.reservationId,
        status: ended.status,
      },
    },
  ];
}
