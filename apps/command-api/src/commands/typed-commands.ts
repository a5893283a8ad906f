import { camelCase, renameKeys, type CommandAnswer, type TypedCommand } from '@ocpp-gw/contracts';
import type { RequestFault } from '../problems/members.ts';
import { renderAnswer } from './answer.ts';
import { CHECKS, type CheckFacts } from './checks.ts';
import type { CommandDispatch, DispatchOptions } from './command-dispatch.ts';
import type { CommandDefinition } from './definitions.ts';
import type { MessageLimits } from './message-limits.ts';
import type { Order } from './order.ts';
import type { OpenSignings } from './signings.ts';

/** One request for a command, read by the schema of its definition. */
export interface Asked {
  cpId: string;
  request: Record<string, unknown>;
  options: DispatchOptions;
}

/** A command that is durable. */
export interface StartedCommand {
  commandId: string;
  /** Rejects with a ProblemError for every end but the charger's answer. */
  end: Promise<CommandAnswer>;
}

export interface TypedCommandsParts {
  dispatch: Pick<CommandDispatch, 'start'>;
  signings: OpenSignings;
  limits: MessageLimits;
  now: () => Date;
}

/** The commands of the table from the request to the answer, the same for REST and gRPC. */
export class TypedCommands {
  constructor(private readonly parts: TypedCommandsParts) {}

  /** @throws ProblemError for every end but the charger's answer. */
  async run(definition: CommandDefinition, asked: Asked): Promise<CommandAnswer> {
    return (await this.start(definition, asked)).end;
  }

  /** Resolves once the command is durable. @throws ProblemError when there is no command */
  async start(definition: CommandDefinition, { cpId, request, options }: Asked): Promise<StartedCommand> {
    const { limits, signings, now } = this.parts;
    const { timeout_s: _, ...fields } = request;
    const order: Order = {
      cpId,
      name: definition.slug,
      request: fields,
      made: definition.made,
      toCommand: (filled) => toCommand(definition, filled),
      faults: async (command) => [
        ...(await check(command as TypedCommand, {
          now: now(),
          openSigning: (use) => signings.latestOpen(cpId, use),
        })),
        ...(await limits.faults(definition.kind, cpId, fields)),
      ],
    };
    const { commandId, end } = await this.parts.dispatch.start(order, options);
    return { commandId, end: end.then((answered) => renderAnswer(definition, answered, options.requestId)) };
  }
}

/** The request, as the definition's schema has read it, with its names as the bus has them. */
export function toCommand({ kind }: CommandDefinition, request: Record<string, unknown>): TypedCommand {
  return { kind, ...(renameKeys(request, camelCase) as object) } as TypedCommand;
}

async function check(command: TypedCommand, facts: CheckFacts): Promise<RequestFault[]> {
  const ofKind = CHECKS[command.kind] as
    ((command: TypedCommand, facts: CheckFacts) => Promise<RequestFault[]>) | undefined;
  return (await ofKind?.(command, facts)) ?? [];
}
