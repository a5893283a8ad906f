/**
 * The id by which a message names a transaction of ours. A charge point that never got one says -1 (errata v4.0
 * section 3.18), others say 0 or a number beyond what JSON carries: those name none.
 */
export function usableTransactionId(transactionId: number): string | undefined {
  return transactionId > 0 && Number.isSafeInteger(transactionId) ? String(transactionId) : undefined;
}
