/**
 * Thrown when the facts that a decision was based on have changed, because another pod or an operator wrote
 * transactions of the charge point. Nothing was committed: resolve the lookups and decide again.
 */
export class StaleFactsError extends Error {
  override readonly name = 'StaleFactsError';
  readonly code = 'STALE_FACTS';
  readonly cpId: string;
  readonly transactionId: string;

  constructor(cpId: string, transactionId: string) {
    super(`the transactions of ${cpId} changed before ${transactionId} was written: look up and decide again`);
    this.cpId = cpId;
    this.transactionId = transactionId;
  }
}
