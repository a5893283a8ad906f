import { isNativeError } from 'node:util/types';

/** Thrown when a charge point is created under an identity that exists (in any letter case). */
export class DuplicateChargePointError extends Error {
  override readonly name = 'DuplicateChargePointError';
  readonly retriable = false;
  readonly cpId: string;

  constructor(cpId: string) {
    super(`a charge point "${cpId}" exists already (identities are compared case-insensitively)`);
    this.cpId = cpId;
  }
}

/** Thrown when Postgres cannot be reached, or went away before it answered. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
  readonly retriable = true;
}

// Postgres: connection exceptions (08), operator intervention (57P), too many connections (53300), query cancelled by a timeout.
const AWAY = /^(08...|57P..|53300|57014)$/;
const NETWORK = /^(ECONN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EPIPE|EAI_AGAIN)/;
const DRIVER = /connection terminated|connection error|timeout|not queryable|client was closed/i;

/** Whether an error says that the database is away, rather than that a statement is wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return AWAY.test(code) || NETWORK.test(code) || (code === '' && DRIVER.test(error.message));
}

// Postgres: data exceptions (22), program limits such as the longest value of an index (54).
const REFUSED_VALUE = /^(22|54)...$/;

/** Whether an error says that Postgres refuses the values themselves: the same ones never get in. */
export function isRefusedValue(error: unknown): boolean {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' && REFUSED_VALUE.test(error.code);
}
