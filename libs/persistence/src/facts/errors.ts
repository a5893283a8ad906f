/**
 * Thrown when what a decision was based on is no longer so: another pod has written of the station's transactions, or an
 * operator has. Nothing was committed: resolve the lookups and decide again.
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
