/** Thrown when trying again later may help: Kafka, or what a consumer writes to, is away. */
export class RetriableError extends Error {
  override readonly name = 'RetriableError';
  readonly retriable = true;
}

/** Thrown when trying again can never help: the message itself is at fault. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
  readonly retriable = false;
}

/** Only an error that says so is permanent: whatever is not understood is tried again, never dropped. */
export function isPermanent(error: unknown): boolean {
  return error instanceof Error && 'retriable' in error && error.retriable === false;
}

/** Broker answers that speak of the message, not of the moment. */
const FAULTY_MESSAGE: ReadonlySet<unknown> = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD']);

/** The client calls "retries exceeded" non-retriable; the answer it gave up on, at the end of the causes, is what counts. */
export function asSendError(error: unknown): RetriableError | PermanentError {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  const reason = root instanceof Error ? root.message : String(root);
  const type = root instanceof Error && 'type' in root ? root.type : undefined;
  return FAULTY_MESSAGE.has(type)
    ? new PermanentError(`kafka refuses the message: ${reason}`, { cause: error })
    : new RetriableError(`kafka did not take the messages: ${reason}`, { cause: error });
}
