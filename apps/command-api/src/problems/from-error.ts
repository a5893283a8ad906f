import { ClickHouseUnavailableError } from '@ocpp-gw/clickhouse';
import { InvalidCursorError } from '@ocpp-gw/contracts';
import { DatabaseUnavailableError, isUnavailable } from '@ocpp-gw/persistence';
import { CommandInterruptedError, RedisUnavailableError } from '@ocpp-gw/redis';
import { ProblemError } from './problem-error.ts';

/** The problem that REST and gRPC answer with for an error. An error of an unknown kind is an internal error. */
export function problemFromError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof CommandInterruptedError) return new ProblemError('answer-lost', { cause: error });
  if (error instanceof RedisUnavailableError) return away('redis', error);
  if (error instanceof ClickHouseUnavailableError) return away('clickhouse', error);
  if (error instanceof InvalidCursorError) return invalidCursor(error);
  if (error instanceof DatabaseUnavailableError || isUnavailable(error)) return away('postgres', error);
  return new ProblemError('internal-error', { cause: error });
}

function away(dependency: 'redis' | 'postgres' | 'clickhouse', cause: unknown): ProblemError {
  return new ProblemError('dependency-unavailable', {
    detail: `The gateway cannot reach ${dependency}. Try again shortly.`,
    members: { dependency },
    cause,
  });
}

function invalidCursor(cause: unknown): ProblemError {
  return new ProblemError('invalid-parameter', {
    errors: [{ parameter: 'cursor', message: 'is not a cursor of this list; send next_cursor of a page unchanged' }],
    cause,
  });
}
