import { INT32_MAX } from '@ocpp-gw/ocpp-j';

export const TRANSACTION_ID_RULE = `must be a whole number from 0 to ${INT32_MAX} in OCPP 1.6`;

/** The integer that 1.6 has for a transaction id; undefined when the text is none. */
export function readTransactionId(text: string): number | undefined {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return id <= INT32_MAX ? id : undefined;
}
