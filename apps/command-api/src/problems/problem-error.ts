import { MAX_DEPTH } from './input-faults.ts';
import type { ProblemMembers, RequestFault } from './members.ts';
import { PROBLEMS, type ProblemKind } from './registry.ts';

export interface ProblemParts {
  /** What to do in this case; the registry's advice when absent. */
  detail?: string;
  errors?: readonly RequestFault[];
  /** Further members of the problem, snake_case. */
  members?: ProblemMembers;
  cause?: unknown;
}

/** Thrown when a request ends in a problem of the registry. REST and gRPC each render it in their own way. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly detail: string;
  readonly errors: readonly RequestFault[] | undefined;
  readonly members: ProblemMembers;

  constructor(
    readonly kind: ProblemKind,
    parts: ProblemParts = {},
  ) {
    const detail = parts.detail ?? PROBLEMS[kind].advice;
    super(detail, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.detail = detail;
    this.errors = parts.errors;
    this.members = parts.members ?? {};
  }
}

export const TOO_DEEP = `it is nested more than ${MAX_DEPTH} deep`;

/** The problem of a body or payload that is nested too deep to be passed on. */
export function tooDeep(): ProblemError {
  return new ProblemError('invalid-body', {
    errors: [{ pointer: '', message: `must not be nested more than ${MAX_DEPTH} deep` }],
  });
}
