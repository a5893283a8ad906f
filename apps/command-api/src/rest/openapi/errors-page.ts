import { status as Grpc } from '@grpc/grpc-js';
import { PROBLEM_KINDS, problemDefinition, problemType, type ProblemKind } from '../../problems/registry.ts';
import { exampleProblem } from '../problem.schema.ts';

const HEAD = `# Errors

Made from the code by \`make openapi-export\`; do not edit.

Every error of the REST API is \`application/problem+json\` (RFC 9457). Its \`type\` is one of the names below. A name is never changed and
never used for something else, so programs compare it. Later releases may add types: handle an unknown one by its status. \`detail\` says
what happened in this case and what to do, \`request_id\` finds the request in the logs, and \`command_id\` finds the command with
\`GET /api/v1/commands/{command_id}\`. gRPC has the same types with its own status.
`;

/** docs/errors.md: each type of problem with what it means and what to do. */
export function errorsPage(): string {
  const rows = PROBLEM_KINDS.map((kind) => {
    const { title, status, grpc } = problemDefinition(kind);
    return `| [${kind}](#${kind}) | ${status} | ${Grpc[grpc]} | ${title} |`;
  });
  return `${HEAD}
| type | status | gRPC | meaning |
| --- | --- | --- | --- |
${rows.join('\n')}

${PROBLEM_KINDS.map(section).join('\n')}`;
}

function section(kind: ProblemKind): string {
  const { title, status, grpc, advice } = problemDefinition(kind);
  return `## ${kind}

${title}. HTTP ${status}, gRPC ${Grpc[grpc]}, \`${problemType(kind)}\`.

What to do: ${advice}

\`\`\`json
${JSON.stringify(exampleProblem(kind), null, 2)}
\`\`\`
`;
}
