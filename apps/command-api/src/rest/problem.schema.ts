import { z } from 'zod';
import { problemMembers, requestFault } from '../problems/members.ts';
import { PROBLEM_KINDS, problemDefinition, problemType, type ProblemKind } from '../problems/registry.ts';
import type { ProblemError } from '../problems/problem-error.ts';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The body of every error: RFC 9457 with members of our own. */
export const problem = z
  .looseObject({
    type: z
      .enum(PROBLEM_KINDS.map(problemType))
      .describe('Kind of the problem, a URN that never changes; program against it. docs/errors.md describes each'),
    title: z.string().describe('Short description of the kind of problem'),
    status: z.int().min(400).max(599).describe('HTTP status'),
    detail: z.string().describe('What happened in this case, and what to do'),
    request_id: z.string().describe('Id of the request, the same as in X-Request-Id and in the logs'),
    errors: z
      .array(requestFault)
      .optional()
      .describe('Fields and parameters that are wrong; absent when the problem is another one'),
    ...problemMembers.partial().shape,
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problem>;

export function renderProblem(error: ProblemError, requestId: string): Problem {
  const { title, status } = problemDefinition(error.kind);
  return {
    type: problemType(error.kind),
    title,
    status,
    detail: error.detail,
    request_id: requestId,
    ...(error.errors && { errors: [...error.errors] }),
    ...error.members,
  };
}

/** The problem as an example of the OpenAPI document. */
export function exampleProblem(kind: ProblemKind): Problem {
  const { title, status, advice, example } = problemDefinition(kind);
  return {
    type: problemType(kind),
    title,
    status,
    detail: advice,
    request_id: '0b6f3c1e-5d0a-4a35-9a53-0a6f7d7c2f11',
    ...example,
  };
}
