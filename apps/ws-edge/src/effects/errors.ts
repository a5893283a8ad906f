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

/**
 * Thrown when a decision must be made again because another pod wrote transactions of its charge point in the meantime.
 */
export function isStale(error: unknown): boolean {
  return error instanceof StaleFactsError;
}

/** Thrown when the outbox is full. Nothing was committed, and the charge point has to keep its message. */
export class OutboxFullError extends Error {
  override readonly name = 'OutboxFullError';
  readonly retriable = true;

  constructor(maxRows: number) {
    super(
      `the outbox holds ${maxRows} rows or more (EVEYS_OCPP_WS_OUTBOX_MAX_ROWS): bring back Kafka, or the backend, that they wait for`,
    );
  }
}
