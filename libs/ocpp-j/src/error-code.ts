import type { ErrorCode } from './dialect.ts';

/** Every spelling on any version's wire; chargers use them across versions (notes 2.3). */
const SPELLINGS: Readonly<Record<string, ErrorCode>> = {
  NotImplemented: 'NotImplemented',
  NotSupported: 'NotSupported',
  InternalError: 'InternalError',
  ProtocolError: 'ProtocolError',
  SecurityError: 'SecurityError',
  FormatViolation: 'FormatViolation',
  // The two misspelt names of 1.6 are official (errata-J 1.6 section 5).
  FormationViolation: 'FormatViolation',
  PropertyConstraintViolation: 'PropertyConstraintViolation',
  OccurrenceConstraintViolation: 'OccurrenceConstraintViolation',
  OccurenceConstraintViolation: 'OccurrenceConstraintViolation',
  TypeConstraintViolation: 'TypeConstraintViolation',
  GenericError: 'GenericError',
  MessageTypeNotSupported: 'MessageTypeNotSupported',
  RpcFrameworkError: 'RpcFrameworkError',
};

const BY_LETTERS = new Map(Object.entries(SPELLINGS).map(([spelling, code]) => [letters(spelling), code]));

/** How much is kept of a code that a charger invents, in characters. */
const MAX_WORD_LENGTH = 100;

/** What a received CALLERROR's code means, in whatever letter case; anything unknown is a GenericError. */
export function errorCodeFromWire(code: unknown): ErrorCode {
  return BY_LETTERS.get(letters(errorWordFromWire(code))) ?? 'GenericError';
}

/** The code as the charger wrote it, cut to 100 characters; empty when it wrote none. */
export function errorWordFromWire(code: unknown): string {
  return typeof code === 'string' || typeof code === 'number' ? String(code).trim().slice(0, MAX_WORD_LENGTH) : '';
}

function letters(word: string): string {
  return word.replace(/[^a-z]/gi, '').toLowerCase();
}
