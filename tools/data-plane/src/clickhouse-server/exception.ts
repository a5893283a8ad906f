/** Errors as ClickHouse's HTTP interface tells them. */

export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly code: number;

  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A fault found by this server, worded like the engine's own. */
export function serverException(code: number, type: string, message: string): QueryError {
  return new QueryError(code, `Code: ${code}. DB::Exception: ${message}. (${type})`);
}

const UNKNOWN_EXCEPTION = 1002;

/** The engine's messages begin with `Code: N. DB::Exception:`; anything else is a fault of this server. */
export function toQueryError(error: unknown): QueryError {
  if (error instanceof QueryError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const code = /^Code: (\d+)\. /.exec(message)?.[1];
  if (code !== undefined) return new QueryError(Number(code), message.trim(), { cause: error });
  return new QueryError(
    UNKNOWN_EXCEPTION,
    `Code: ${UNKNOWN_EXCEPTION}. DB::Exception: ${message}. (UNKNOWN_EXCEPTION)`,
    { cause: error },
  );
}

const STATUS: ReadonlyMap<number, readonly number[]> = new Map([
  // CANNOT_PARSE_TEXT/ESCAPE/QUOTED/DATE/DATETIME/NUMBER/INPUT..., TYPE_MISMATCH, SYNTAX_ERROR, INCORRECT_DATA, BAD_ARGUMENTS-like
  [400, [6, 25, 26, 27, 38, 41, 43, 53, 62, 72, 117, 170, 441, 467]],
  // UNKNOWN_IDENTIFIER, _FUNCTION, _TYPE, _TABLE, _FORMAT, _DATABASE, _SETTING, _STORAGE ...
  [404, [16, 46, 47, 50, 56, 60, 63, 73, 81, 115]],
  // TIMEOUT_EXCEEDED
  [408, [159]],
  // QUERY_IS_TOO_LARGE, REQUEST too large
  [413, [307]],
  // NOT_IMPLEMENTED
  [501, [48]],
]);

export function statusOf(code: number): number {
  for (const [status, codes] of STATUS) {
    if (codes.includes(code)) return status;
  }
  return 500;
}
