/**
 * Thrown when what a decision was based on is no longer so, e.g. a concurrent StartTransaction under the same natural
 * key was committed first. Nothing was committed: resolve the lookups and decide again.
 */
export class StaleFactsError extends Error {
  override readonly name = 'StaleFactsError';
  readonly code = 'STALE_FACTS';
  readonly cpId: string;
  readonly transactionId: string;

  constructor(cpId: string, transactionId: string) {
    super(`transaction ${transactionId} of ${cpId} is not free any more: look up and decide again`);
    this.cpId = cpId;
    this.transactionId = transactionId;
  }
}
