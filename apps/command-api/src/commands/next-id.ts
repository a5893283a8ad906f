import { randomInt } from 'node:crypto';

/**
 * An id for what a command makes at a charge point (remoteStartId, OCPP 2.0.1 F01.FR.25; reservationId; requestId):
 * positive, 32-bit, and unlikely ever to repeat for one station.
 */
export function nextId(): number {
  return randomInt(1, 2 ** 31);
}
