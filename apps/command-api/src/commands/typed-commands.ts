import { camelCase, renameKeys, type CommandAnswer, type TypedCommand } from '@ocpp-gw/contracts';
import { ProblemError, type RequestFault } from '../problems/problem-error.ts';
import { renderAnswer } from './answer.ts';
import { CHECKS, type CheckFacts } from './checks.ts';
import type { CommandDispatch, DispatchOptions } from './command-dispatch.ts';
import type { CommandDefinition } from './definitions.ts';
import type { MessageLimits } from './message-limits.ts';
import { nextId } from './next-id.ts';
import type { OpenSignings } from './signings.ts';

/** One request for a command, read by the schema of its definition. */
export interface Asked {
  cpId: string;
  request: Record<string, unknown>;
  options: DispatchOptions;
}

export interface TypedCommandsParts {
  dispatch: Pick<CommandDispatch, 'send'>;
  signings: OpenSignings;
  limits: MessageLimits;
  now: () => Date;
}

/** The commands of the table from the request to the answer, the same for REST and gRPC. */
export class TypedCommands {
  constructor(private readonly parts: TypedCommandsParts) {}

  /** @throws ProblemError for every end but the charger's answer. */
  async run(definition: CommandDefinition, { cpId, request, options }: Asked): Promise<CommandAnswer> {
    const { limits, signings, now } = this.parts;
    const made = madeIds(definition, request);
    const command = toCommand(definition, { ...request, ...made });
    const faults = [
      ...(await check(command, { now: now(), openSigning: (use) => signings.latestOpen(cpId, use) })),
      ...(await limits.faults(definition.kind, cpId, request)),
    ];
    if (faults.length > 0) throw new ProblemError('invalid-body', { errors: faults });
    return renderAnswer(definition.answer, await this.parts.dispatch.send(cpId, command, options), {
      requestId: options.requestId,
      made,
    });
  }
}

function madeIds({ made }: CommandDefinition, request: Record<string, unknown>): Record<string, unknown> {
  return made === undefined ? {} : { [made]: request[made] ?? nextId() };
}

/** Of one request that the definition's schema has read: with its names as the bus has them it is a command. */
export function toCommand({ kind }: CommandDefinition, request: Record<string, unknown>): TypedCommand {
  const { timeout_s: _, ...fields } = request;
  return { kind, ...(renameKeys(fields, camelCase) as object) } as TypedCommand;
}

async function check(command: TypedCommand, facts: CheckFacts): Promise<RequestFault[]> {
  const ofKind = CHECKS[command.kind] as
    ((command: TypedCommand, facts: CheckFacts) => Promise<RequestFault[]>) | undefined;
  return (await ofKind?.(command, facts)) ?? [];
}
