import { UndecodableEventError } from '@ocpp-gw/contracts';

/** The range of DateTime64(3). */
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2299, 11, 31, 23, 59, 59, 999);

/**
 * The time for a DateTime64(3). A charger's clock may say anything; what the column cannot hold is moved to the
 * nearest time it can.
 * @throws UndecodableEventError for a protobuf time beyond all that a date can be.
 */
export function instant(date: Date): Date {
  const time = date.getTime();
  if (Number.isNaN(time)) throw new UndecodableEventError('a time in it is no date');
  return time < EARLIEST || time > LATEST ? new Date(time < EARLIEST ? EARLIEST : LATEST) : date;
}
