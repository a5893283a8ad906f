/** Charge points keep the id in 32 bits. All ids that the gateway gives fit (notes 2.10). */
const MAX_INT32 = 2_147_483_647;

/**
 * The id by which a message names a transaction of ours. A charge point that never got one sends -1 (errata v4.0
 * section 3.18), others send 0 or a number that we never gave. These ids name no transaction.
 */
export function usableTransactionId(transactionId: number): string | undefined {
  return transactionId > 0 && transactionId <= MAX_INT32 ? String(transactionId) : undefined;
}
