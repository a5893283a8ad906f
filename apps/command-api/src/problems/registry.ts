import type { ProblemDefinition, ProblemDefinitions } from './definition.ts';
import { COMMAND_PROBLEMS } from './registry/command.ts';
import { REQUEST_PROBLEMS } from './registry/request.ts';
import { RESOURCE_PROBLEMS } from './registry/resource.ts';
import { STREAM_PROBLEMS } from './registry/stream.ts';

/**
 * Every problem this service answers with (RFC 9457). The key ends the problem's `type`, which callers program
 * against: it is never renamed and never reused for something else.
 */
export const PROBLEMS = {
  ...REQUEST_PROBLEMS,
  ...RESOURCE_PROBLEMS,
  ...COMMAND_PROBLEMS,
  ...STREAM_PROBLEMS,
} as const satisfies ProblemDefinitions;

export type ProblemKind = keyof typeof PROBLEMS;

export const PROBLEM_KINDS = Object.keys(PROBLEMS) as ProblemKind[];

/** RFC 9457 `type`. It is a URN, because callers compare it and never fetch it. */
export function problemType<Kind extends ProblemKind>(kind: Kind): `urn:ocpp-gw:problem:${Kind}` {
  return `urn:ocpp-gw:problem:${kind}`;
}

export function problemDefinition(kind: ProblemKind): ProblemDefinition {
  return PROBLEMS[kind];
}
