import { Body, Controller, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { CommandDispatch } from '../commands/command-dispatch.ts';
import { timeoutSecondsText } from '../commands/timeout.ts';
import { action, answerPayload, payload } from '../commands/generic-call.ts';
import { cpId } from '../charge-point-id.ts';
import { ApiProblems, BODY_PROBLEMS, COMMAND_PROBLEMS } from './api-problems.decorator.ts';
import { contextOf, type ApiRequest } from './request.ts';

const callQuery = z.strictObject({ timeout_s: timeoutSecondsText });

/** Sends any CALL of the protocol that the charge point speaks, with the payload as the caller wrote it. */
@ApiTags('commands')
@ApiBearerAuth()
@RequireScope('command')
@Controller('api/v1/charge-points/:cp_id/calls')
export class CallsController {
  constructor(@Inject(CommandDispatch) private readonly commands: CommandDispatch) {}

  @Post(':action')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send one CALL of the protocol that the charge point speaks',
    description:
      'The body is the payload of the CALL. The gateway checks it against the schema of that protocol. The answer is the payload ' +
      'of the CALLRESULT. The header X-Command-Id names the command in the logs.',
  })
  @ApiResponse({
    status: 200,
    description: 'Payload of the answer as the charge point sent it',
    standardSchema: answerPayload,
  })
  @ApiProblems(...BODY_PROBLEMS, ...COMMAND_PROBLEMS)
  async call(
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
    @Param('cp_id', { schema: cpId }) charger: string,
    @Param('action', { schema: action }) name: string,
    @Query({ schema: callQuery }) query: z.infer<typeof callQuery>,
    @Body({ schema: payload }) body: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const { commandId, result } = await this.commands.send(
      charger,
      { kind: 'Call', action: name, payload: body },
      { ...contextOf(request), timeoutMs: query.timeout_s * 1000 },
    );
    response.setHeader('X-Command-Id', commandId);
    return result.payload;
  }
}
