import { randomInt } from 'node:crypto';

/** A remoteStartId (OCPP 2.0.1 F01.FR.25): positive, 32-bit, and unlikely ever to repeat for one station. */
export function nextRemoteStartId(): number {
  return randomInt(1, 2 ** 31);
}
