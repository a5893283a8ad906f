import type { ChargerPort } from './charger-port.ts';
import type { Connector, Reservation } from './connector.ts';
import { pauseUntil } from './time.ts';

/** Reserves a connector until the reservation expires, is used or cancelled. */
export async function reserve(charger: ChargerPort, connector: Connector, reservation: Reservation): Promise<void> {
  connector.reservation = reservation;
  await pauseUntil(charger, reservation.expires);
  if (connector.reservation !== reservation || charger.ended) return;
  charger.release(connector);
  const message = charger.station.reservationExpired(reservation.id);
  if (message) await charger.notify(message);
  await charger.reportStatus(connector);
}
