import type { Page } from '@ocpp-gw/contracts';
import type { CommandFilter, CommandRecord, Commands } from '@ocpp-gw/persistence';
import type { CommandCaller } from '@ocpp-gw/redis';
import { ProblemError } from '../problems/problem-error.ts';

/** Reads commands. */
export class CommandReads {
  constructor(
    private readonly commands: Pick<Commands, 'get' | 'list'>,
    private readonly bus: Pick<CommandCaller, 'attend'>,
  ) {}

  list(filter: CommandFilter): Promise<Page<CommandRecord>> {
    return this.commands.list(filter);
  }

  /**
   * Waits for the end of the command for at most so long.
   * @throws ProblemError when there is no such command
   */
  async get(commandId: string, waitMs = 0): Promise<CommandRecord> {
    const now = await this.commands.get(commandId);
    if (!now) throw new ProblemError('command-not-found');
    if (waitMs === 0 || now.endedAt) return now;
    await this.bus.attend(commandId, waitMs, async () => {
      const fresh = await this.commands.get(commandId);
      return fresh?.endedAt ? fresh : null;
    });
    return (await this.commands.get(commandId)) ?? now;
  }
}
