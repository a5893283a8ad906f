import { isRecord } from './moved-readings.ts';

/** The id of the transaction that the payload of a message names, in OCPP 1.6 and in 2.0.1; empty when it names none. */
export function transactionNamed(payload: unknown): string {
  if (!isRecord(payload)) return '';
  const { transactionInfo, transactionId } = payload;
  const id = isRecord(transactionInfo) ? transactionInfo['transactionId'] : transactionId;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}
