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
