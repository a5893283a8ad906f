import { ProblemError } from '../problems/problem-error.ts';
import { renderAnswer, type CommandAnswer } from './answer.ts';
import type { CommandDispatch, DispatchOptions } from './command-dispatch.ts';
import { toCommand, type CommandDefinition } from './define-command.ts';
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

/** The commands of the table from the request to the answer, the same for both doors. */
export class TypedCommands {
  private readonly parts: TypedCommandsParts;

  constructor(parts: TypedCommandsParts) {
    this.parts = parts;
  }

  /** @throws ProblemError for every end but the charger's answer. */
  async run(definition: CommandDefinition, { cpId, request, options }: Asked): Promise<CommandAnswer> {
    const { limits, signings, now } = this.parts;
    const faults = [
      ...((await definition.check?.(request, {
        now: now(),
        openSigning: (use) => signings.latestOpen(cpId, use),
      })) ?? []),
      ...(await limits.faults(definition.kind, cpId, request)),
    ];
    if (faults.length > 0) throw new ProblemError('invalid-body', { errors: faults });
    const made = madeIds(definition, request);
    const command = toCommand(definition, { ...request, ...made });
    return renderAnswer(definition.answer, await this.parts.dispatch.send(cpId, command, options), {
      requestId: options.requestId,
      made,
    });
  }
}

function madeIds({ made }: CommandDefinition, request: Record<string, unknown>): Record<string, unknown> {
  return made === undefined ? {} : { [made]: request[made] ?? nextId() };
}
