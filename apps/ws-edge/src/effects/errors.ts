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

/** Thrown when the outbox holds as much as it may: nothing was committed, and the charger has to keep its message. */
export class OutboxFullError extends Error {
  override readonly name = 'OutboxFullError';
  readonly retriable = true;

  constructor(maxRows: number) {
    super(
      `the outbox holds ${maxRows} rows or more (EVEYS_OCPP_WS_OUTBOX_MAX_ROWS): bring back Kafka, or the backend, that they wait for`,
    );
  }
}
