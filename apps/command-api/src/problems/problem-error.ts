import { MAX_DEPTH } from './input-faults.ts';
import { PROBLEMS, type ProblemKind } from './registry.ts';

/** One thing wrong with a request. */
export interface RequestFault {
  /** JSON pointer into the body. */
  pointer?: string;
  /** Name of the query or path parameter. */
  parameter?: string;
  message: string;
}

export interface ProblemParts {
  /** What to do in this case; the registry's advice when absent. */
  detail?: string;
  errors?: readonly RequestFault[];
  /** Further members of the problem, snake_case. */
  members?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/** Thrown when a request ends in a problem of the registry. REST and gRPC each render it in their own way. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly detail: string;
  readonly errors: readonly RequestFault[] | undefined;
  readonly members: Readonly<Record<string, unknown>>;

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
