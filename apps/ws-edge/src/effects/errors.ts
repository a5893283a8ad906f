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
