import { ClickHouseError, createClient, type ClickHouseClient } from '@clickhouse/client';
import type { ClickHouseTarget } from './config.ts';

/** A read that takes longer is aborted, because its caller has gone or its time range is too wide. */
const QUERY_TIMEOUT_MS = 15_000;

/** Thrown when ClickHouse cannot be reached or refuses to serve at the moment. */
export class ClickHouseUnavailableError extends Error {
  override readonly name = 'ClickHouseUnavailableError';
  constructor(cause: unknown) {
    super('clickhouse is unavailable', { cause });
  }
}

/** For reads. */
export function connectClickHouse(target: ClickHouseTarget): ClickHouseClient {
  return createClient({ ...target, request_timeout: QUERY_TIMEOUT_MS });
}

/**
 * The names of the ClickHouse errors that a fault of ours causes, such as a wrong query; they become an internal error. Every
 * other error (network, timeout, overload, a table that is missing before the migrations) counts as an outage.
 */
const OUR_FAULTS: ReadonlySet<string> = new Set([
  'SYNTAX_ERROR',
  'UNKNOWN_IDENTIFIER',
  'UNKNOWN_FUNCTION',
  'TYPE_MISMATCH',
  'ILLEGAL_TYPE_OF_ARGUMENT',
  'BAD_QUERY_PARAMETER',
  'UNKNOWN_QUERY_PARAMETER',
  'BAD_ARGUMENTS',
  'ARGUMENT_OUT_OF_BOUND',
  'CANNOT_PARSE_TEXT',
  'CANNOT_PARSE_NUMBER',
  'CANNOT_PARSE_UUID',
  'DECIMAL_OVERFLOW',
  'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE',
]);

/** @throws ClickHouseUnavailableError */
export async function whileClickHouseAvailable<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof ClickHouseError && cause.type !== undefined && OUR_FAULTS.has(cause.type)) throw cause;
    if (cause instanceof TypeError || cause instanceof ReferenceError) throw cause;
    throw new ClickHouseUnavailableError(cause);
  }
}
