import { z } from 'zod';
import { problemDefinition, problemType, type ProblemKind } from '../problems/registry.ts';
import type { ProblemError } from '../problems/problem-error.ts';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** RFC 9457, with our own members. */
export const problem = z
  .looseObject({
    type: z.string().describe('Stable; program against this'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What to do'),
    request_id: z.string().describe('As in X-Request-Id and in the logs'),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().describe('JSON pointer into the body'),
          parameter: z.string().optional().describe('Name of the query or path parameter'),
          message: z.string(),
        }),
      )
      .optional(),
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

/** As the OpenAPI document shows it. */
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
