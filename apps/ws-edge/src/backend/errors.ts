/** Thrown when the backend did not give a usable answer. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly kind: 'unreachable' | 'status' | 'malformed' | 'circuitOpen' | 'unsendable';
  /** Whether the same call may succeed later. */
  readonly retriable: boolean;
  readonly status?: number;

  constructor(
    kind: BackendError['kind'],
    message: string,
    facts: { retriable: boolean; status?: number; cause?: unknown },
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.kind = kind;
    this.retriable = facts.retriable;
    if (facts.status !== undefined) this.status = facts.status;
  }
}
