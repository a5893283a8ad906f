import { ProblemError } from '../problems/problem-error.ts';
import type { Scope } from './scope.ts';
import type { Caller, InboundTokens } from './tokens.ts';

/**
 * Finds the caller of an `Authorization` header, which REST and gRPC metadata write in the same way.
 * @throws ProblemError when the token is missing or unknown
 */
export function authenticate(tokens: InboundTokens, authorization: string | undefined): Caller {
  if (tokens.isEmpty) throw new ProblemError('no-tokens-configured');
  if (authorization === undefined || authorization === '') throw new ProblemError('token-missing');
  // RFC 9110 section 11.1: the scheme is case-insensitive.
  const presented = /^bearer +(\S+) *$/i.exec(authorization)?.[1];
  if (presented === undefined)
    throw new ProblemError('token-missing', { detail: 'Send the header as "Authorization: Bearer <token>".' });
  const caller = tokens.find(presented);
  if (!caller) throw new ProblemError('token-unknown');
  return caller;
}

/** @throws ProblemError when the caller's token lacks the scope. */
export function authorize(caller: Caller, scope: Scope): void {
  if (caller.scopes.has(scope)) return;
  throw new ProblemError('scope-missing', {
    detail: `This request needs a token with scope "${scope}"; "${caller.name}" has ${[...caller.scopes].join(', ')}.`,
  });
}
