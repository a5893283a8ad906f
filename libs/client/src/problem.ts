import type { components } from './generated/api.ts';

/** The body of every error, RFC 9457. */
export type Problem = components['schemas']['Problem'];
export type ProblemType = Problem['type'];

/** Thrown for every answer that is an error. docs/errors.md describes each type. */
export class GatewayProblem extends Error {
  override readonly name = 'GatewayProblem';
  readonly problem: Problem;
  readonly type: ProblemType;
  readonly status: number;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
    this.type = problem.type;
    this.status = problem.status;
  }

  /** The command that the problem concerns, if there is one. */
  get commandId(): string | undefined {
    return this.problem.command_id;
  }
}

/** The problem of an answer. A proxy on the way may answer with something else. */
export async function problemOf(response: Response): Promise<GatewayProblem> {
  const text = await response.text();
  if (/^application\/problem\+json\b/.test(response.headers.get('content-type') ?? ''))
    return new GatewayProblem(JSON.parse(text) as Problem);
  return new GatewayProblem({
    type: 'urn:ocpp-gw:problem:internal-error',
    title: 'The answer is not of the gateway',
    status: response.status,
    detail: `HTTP ${response.status} without a problem: ${text.slice(0, 200)}`,
    request_id: response.headers.get('x-request-id') ?? '',
  });
}
