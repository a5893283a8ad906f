import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { problemDefinition, type ProblemKind } from '../problems/registry.ts';
import { PROBLEM_MEDIA_TYPE } from './problem.schema.ts';

/** The problems that every route can answer with. */
export const ANYWHERE: readonly ProblemKind[] = [
  'bad-request',
  'invalid-parameter',
  'no-tokens-configured',
  'token-missing',
  'token-unknown',
  'scope-missing',
  'headers-too-large',
  'rate-limited',
  'internal-error',
  'dependency-unavailable',
];

/** The further problems of every route that has a body. */
export const BODY_PROBLEMS: readonly ProblemKind[] = [
  'malformed-json',
  'body-too-large',
  'unsupported-media-type',
  'invalid-body',
];

/** The problems that a command can end in. */
export const COMMAND_PROBLEMS: readonly ProblemKind[] = [
  'charge-point-not-found',
  'charge-point-offline',
  'charge-point-moved',
  'not-supported',
  'charge-point-not-accepted',
  'invalid-payload',
  'call-error',
  'invalid-answer',
  'charge-point-disconnected',
  'answer-lost',
  'not-taken',
  'answer-timeout',
  'charge-point-silent',
  'command-expired',
  'command-running',
  'idempotency-key-reused',
];

const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds after which the request may be repeated; absent when it must not be repeated unchanged',
    schema: { type: 'integer' as const },
  },
};

/** Documents the problems of a route, grouped by status, with an example of each. */
export function ApiProblems(...kinds: readonly ProblemKind[]): MethodDecorator & ClassDecorator {
  const byStatus = Map.groupBy([...ANYWHERE, ...kinds], (kind) => problemDefinition(kind).status);
  return applyDecorators(
    ...[...byStatus].map(([status, ofStatus]) =>
      ApiResponse({
        status,
        description: ofStatus.map((kind) => problemDefinition(kind).title).join('; '),
        ...(status === 429 || status === 503 ? { headers: RETRY_AFTER } : {}),
        content: {
          [PROBLEM_MEDIA_TYPE]: {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(ofStatus.map((kind) => [kind, { $ref: `#/components/examples/${kind}` }])),
          },
        },
      }),
    ),
  );
}
