import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { CommandFilter } from '@ocpp-gw/persistence';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { CommandReads } from '../reads/commands.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import {
  command,
  commandId,
  commandPage,
  commandsOfQuery,
  commandsQuery,
  renderCommand,
  waitQuery,
} from './command.schema.ts';

/** Commands from their request to their end. */
@Group('command log')
@RequireScope('read')
@Controller('api/v1')
export class CommandLogController {
  constructor(@Inject(CommandReads) private readonly commands: CommandReads) {}

  @Get('commands')
  @ApiOperation({ summary: 'List the commands to all charge points', description: 'The newest command comes first.' })
  @ApiResponse({ status: 200, description: 'One page of commands', standardSchema: commandPage })
  @ApiProblems()
  listCommands(
    @Query({ schema: commandsQuery }) query: z.infer<typeof commandsQuery>,
  ): Promise<z.infer<typeof commandPage>> {
    const { cp_id, tag, ...filter } = query;
    return this.page({ ...filter, cpId: cp_id, tags: tag });
  }

  @Get('commands/:command_id')
  @ApiOperation({
    summary: 'Get a command',
    description:
      'The state of a command and, once it has ended, its answer or problem. With `wait` the gateway answers when the command ' +
      'ends, or when the time has passed. An answer that comes after a timeout changes the command.',
  })
  @ApiResponse({ status: 200, description: 'The command', standardSchema: command })
  @ApiProblems('command-not-found')
  async getCommand(
    @Param('command_id', { schema: commandId }) id: string,
    @Query({ schema: waitQuery }) { wait }: z.infer<typeof waitQuery>,
  ): Promise<z.infer<typeof command>> {
    return renderCommand(await this.commands.get(id, wait * 1000));
  }

  @Get('charge-points/:cp_id/commands')
  @ApiOperation({ summary: 'List the commands to a charge point', description: 'The newest command comes first.' })
  @ApiResponse({ status: 200, description: 'One page of commands', standardSchema: commandPage })
  @ApiProblems()
  listCommandsOfChargePoint(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: commandsOfQuery }) query: z.infer<typeof commandsOfQuery>,
  ): Promise<z.infer<typeof commandPage>> {
    return this.page({ ...query, cpId: charger });
  }

  private async page(filter: CommandFilter): Promise<z.infer<typeof commandPage>> {
    const { items, nextCursor } = await this.commands.list(filter);
    return { items: items.map(renderCommand), next_cursor: nextCursor };
  }
}
