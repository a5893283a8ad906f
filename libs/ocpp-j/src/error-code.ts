import type { ErrorCode } from './dialect.ts';

/** Every spelling on any version's wire; chargers use them across versions (notes 2.3). */
const SPELLINGS: ReadonlyMap<unknown, ErrorCode> = new Map<string, ErrorCode>([
  ['NotImplemented', 'NotImplemented'],
  ['NotSupported', 'NotSupported'],
  ['InternalError', 'InternalError'],
  ['ProtocolError', 'ProtocolError'],
  ['SecurityError', 'SecurityError'],
  ['FormatViolation', 'FormatViolation'],
  // The two misspelt names of 1.6 are official (errata-J 1.6 section 5).
  ['FormationViolation', 'FormatViolation'],
  ['PropertyConstraintViolation', 'PropertyConstraintViolation'],
  ['OccurrenceConstraintViolation', 'OccurrenceConstraintViolation'],
  ['OccurenceConstraintViolation', 'OccurrenceConstraintViolation'],
  ['TypeConstraintViolation', 'TypeConstraintViolation'],
  ['GenericError', 'GenericError'],
  ['MessageTypeNotSupported', 'MessageTypeNotSupported'],
  ['RpcFrameworkError', 'RpcFrameworkError'],
]);

/** What a received CALLERROR's code means; anything unknown is a GenericError. */
export function errorCodeFromWire(code: unknown): ErrorCode {
  return SPELLINGS.get(code) ?? 'GenericError';
}
