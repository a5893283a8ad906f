import { Body, Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Command } from '@ocpp-gw/contracts';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { CommandDispatch, type Answered } from '../commands/command-dispatch.ts';
import { nextRemoteStartId } from '../commands/remote-start-id.ts';
import * as requests from '../commands/requests.ts';
import { cpId } from '../charge-point-id.ts';
import { ApiProblems, BODY_PROBLEMS, COMMAND_PROBLEMS } from './api-problems.decorator.ts';
import { commandAnswer, remoteStartAnswer, renderAnswer, renderRemoteStart } from './command.schema.ts';
import { contextOf, type ApiRequest } from './request.ts';

type CommandAnswer = z.infer<typeof commandAnswer>;

/** The version-neutral commands: one body for chargers of both protocols. */
@ApiTags('commands')
@ApiBearerAuth()
@RequireScope('command')
@ApiProblems(...BODY_PROBLEMS, ...COMMAND_PROBLEMS)
@Controller('api/v1/charge-points/:cp_id/commands')
export class CommandsController {
  constructor(@Inject(CommandDispatch) private readonly commands: CommandDispatch) {}

  @Post('remote-start')
  @HttpCode(200)
  @ApiOperation({ summary: 'Start a transaction (1.6 RemoteStartTransaction, 2.0.1 RequestStartTransaction)' })
  @ApiResponse({ status: 200, description: 'The answer of the charge point', standardSchema: remoteStartAnswer })
  async remoteStart(
    @Req() request: ApiRequest,
    @Param('cp_id', { schema: cpId }) charger: string,
    @Body({ schema: requests.remoteStartRequest }) body: requests.RemoteStartRequest,
  ): Promise<z.infer<typeof remoteStartAnswer>> {
    const command = requests.toRemoteStart(body, nextRemoteStartId());
    const answered = await this.send(request, charger, command, body);
    return renderRemoteStart(answered, request.requestId, command.remoteStartId);
  }

  @Post('remote-stop')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop a transaction (1.6 RemoteStopTransaction, 2.0.1 RequestStopTransaction)' })
  @ApiResponse({ status: 200, description: 'The answer of the charge point', standardSchema: commandAnswer })
  async remoteStop(
    @Req() request: ApiRequest,
    @Param('cp_id', { schema: cpId }) charger: string,
    @Body({ schema: requests.remoteStopRequest }) body: requests.RemoteStopRequest,
  ): Promise<CommandAnswer> {
    return renderAnswer(await this.send(request, charger, requests.toRemoteStop(body), body), request.requestId);
  }

  @Post('reset')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reset the station, or one EVSE of a 2.0.1 station' })
  @ApiResponse({ status: 200, description: 'The answer of the charge point', standardSchema: commandAnswer })
  async reset(
    @Req() request: ApiRequest,
    @Param('cp_id', { schema: cpId }) charger: string,
    @Body({ schema: requests.resetRequest }) body: requests.ResetRequest,
  ): Promise<CommandAnswer> {
    return renderAnswer(await this.send(request, charger, requests.toReset(body), body), request.requestId);
  }

  @Post('change-availability')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make the station, an EVSE or a connector operative or inoperative' })
  @ApiResponse({ status: 200, description: 'The answer of the charge point', standardSchema: commandAnswer })
  async changeAvailability(
    @Req() request: ApiRequest,
    @Param('cp_id', { schema: cpId }) charger: string,
    @Body({ schema: requests.changeAvailabilityRequest }) body: requests.ChangeAvailabilityRequest,
  ): Promise<CommandAnswer> {
    return renderAnswer(
      await this.send(request, charger, requests.toChangeAvailability(body), body),
      request.requestId,
    );
  }

  private send(
    request: ApiRequest,
    charger: string,
    command: Command,
    { timeout_s: timeoutS }: { timeout_s: number },
  ): Promise<Answered> {
    return this.commands.send(charger, command, { ...contextOf(request), timeoutMs: timeoutS * 1000 });
  }
}
