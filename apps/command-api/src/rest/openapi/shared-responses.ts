import { STATUS_CODES } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { PROBLEM_KINDS, problemDefinition, type ProblemKind } from '../../problems/registry.ts';
import { ANYWHERE } from '../api-problems.decorator.ts';
import { PROBLEM_MEDIA_TYPE, exampleProblem } from '../problem.schema.ts';
import type { Operation, Response } from './operations.ts';

/** Replaces equal responses of the operations by references. @returns the responses, and an example of each problem */
export function shareResponses(operations: readonly Operation[]): { responses: object; examples: object } {
  const shared = new Map<string, Response>();
  const shown = new Set<ProblemKind>();
  for (const { responses } of operations)
    for (const [status, response] of Object.entries(responses)) {
      const kinds = Object.keys(response.content?.[PROBLEM_MEDIA_TYPE]?.examples ?? {}) as ProblemKind[];
      for (const kind of kinds) shown.add(kind);
      const name = kinds.length > 0 ? nameOf(Number(status), kinds) : nameOfAccepted(status, response);
      if (name === undefined) continue;
      if (!shared.has(name)) shared.set(name, response);
      if (isDeepStrictEqual(shared.get(name), response)) responses[status] = { $ref: `#/components/responses/${name}` };
    }
  return {
    responses: Object.fromEntries([...shared].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    examples: Object.fromEntries(
      PROBLEM_KINDS.filter((kind) => shown.has(kind)).map((kind) => [kind, exampleOf(kind)]),
    ),
  };
}

/** Of the routes that send something and do not wait for its end. */
function nameOfAccepted(status: string, { content }: Response): string | undefined {
  const { $ref } = (content?.['application/json']?.schema ?? {}) as { $ref?: string };
  return status === '202' && $ref ? `Accepted_${$ref.split('/').at(-1)}` : undefined;
}

function exampleOf(kind: ProblemKind): object {
  return { summary: problemDefinition(kind).title, value: exampleProblem(kind) };
}

/** Such as BadRequest or NotFound_transaction-not-found: the status, and the problems that not every route has. */
function nameOf(status: number, kinds: readonly ProblemKind[]): string {
  const own = kinds.filter((kind) => !ANYWHERE.includes(kind));
  const title = (STATUS_CODES[status] ?? String(status)).replaceAll(/\W/g, '');
  return [title, ...own].join('_');
}
