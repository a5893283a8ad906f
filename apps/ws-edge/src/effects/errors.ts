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

/** A decision that has to be made anew because its station's transactions were written meanwhile. */
export function isStale(error: unknown): boolean {
  return error instanceof StaleFactsError;
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
