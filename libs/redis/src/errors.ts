/** Thrown when Redis is away, or will not serve just now. Nothing is wrong with the request. */
export class RedisUnavailableError extends Error {
  override readonly name: string = 'RedisUnavailableError';
  readonly retriable: boolean = true;
  constructor(operation: string, options?: ErrorOptions) {
    super(`redis is unavailable: ${operation}`, options);
  }
}

/**
 * Thrown when Redis went away while a command was with its owner: the charger may have carried it out, and the answer
 * is lost. Not to be sent again without looking.
 */
export class CommandInterruptedError extends RedisUnavailableError {
  override readonly name = 'CommandInterruptedError';
  override readonly retriable = false;
  readonly requestId: string;
  readonly cpId: string;
  constructor(requestId: string, cpId: string, options?: ErrorOptions) {
    super('lost while a command was under way; the charger may have carried it out', options);
    this.requestId = requestId;
    this.cpId = cpId;
  }
}

/** Replies by which a Redis that is up says that it cannot serve now. */
const NOT_NOW = /^(LOADING|MASTERDOWN|READONLY|NOREPLICAS|MISCONF|BUSY|OOM|TRYAGAIN|CLUSTERDOWN)\b/;

/**
 * Runs an operation, naming every way of Redis being away alike.
 * @throws RedisUnavailableError
 */
export async function whileAvailable<T>(operation: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    // Any other error reply to a command of ours is a fault of ours, and stays what it is.
    if ((isErrorReply(cause) && !NOT_NOW.test(cause.message)) || isOwnFault(cause)) throw cause;
    throw new RedisUnavailableError(operation, { cause });
  }
}

/** Whether the program caused the error, such as a value that cannot be written as JSON. It says nothing about Redis. */
export function isOwnFault(error: unknown): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some((kind) => error instanceof kind);
}

/** Whether the client kept a command back because the connection was gone: nothing has left. */
export function isUnsent(error: unknown): boolean {
  return error instanceof Error && /^Stream isn't writeable/.test(error.message);
}

/** Whether Redis itself answered with an error: it is up, and the command had no effect. */
export function isErrorReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
