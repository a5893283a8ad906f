import { INT32_MAX } from '@ocpp-gw/ocpp-j';

export const TRANSACTION_ID_RULE = `must be a whole number from 0 to ${INT32_MAX} in OCPP 1.6`;

/** The transaction id as the integer of 1.6; undefined when the text is no such integer. */
export function readTransactionId(text: string): number | undefined {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return id <= INT32_MAX ? id : undefined;
}
