/** Charge points keep the id in 32 bits, and all that we give fit (notes 2.10). */
const MAX_INT32 = 2_147_483_647;

/**
 * The id by which a message names a transaction of ours. A charge point that never got one says -1 (errata v4.0
 * section 3.18), others say 0 or a number that we never gave: those name none.
 */
export function usableTransactionId(transactionId: number): string | undefined {
  return transactionId > 0 && transactionId <= MAX_INT32 ? String(transactionId) : undefined;
}
