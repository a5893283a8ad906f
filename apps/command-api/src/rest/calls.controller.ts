import { Body, Controller, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { CommandDispatch } from '../commands/command-dispatch.ts';
import { timeoutSecondsText } from '../commands/timeout.ts';
import { action, answerPayload, genericCall, payload } from '../commands/generic-call.ts';
import { cpId } from '../charge-point-id.ts';
import { CommandReads } from '../reads/commands.ts';
import { ApiProblems, BODY_PROBLEMS, COMMAND_PROBLEMS } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { contextOf, type ApiRequest } from './request.ts';
import { ApiCommandHeaders, respond, respondAfterMs } from './respond.ts';

const callQuery = z.strictObject({ timeout_s: timeoutSecondsText });

/** Sends any CALL of the protocol that the charge point speaks, with the payload as the caller wrote it. */
@Group('other messages')
@RequireScope('command')
@Controller('api/v1/charge-points/:cp_id/calls')
export class CallsController {
  constructor(
    @Inject(CommandDispatch) private readonly commands: CommandDispatch,
    @Inject(CommandReads) private readonly reads: CommandReads,
  ) {}

  @Post(':action')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send one CALL of the protocol that the charge point speaks',
    description:
      'The body is the payload of the CALL. The gateway checks it against the schema of that protocol. The answer is the payload ' +
      'of the CALLRESULT. The header X-Command-Id names the command: GET /api/v1/commands/{command_id}.',
  })
  @ApiResponse({
    status: 200,
    description: 'Payload of the answer as the charge point sent it',
    standardSchema: answerPayload,
  })
  @ApiCommandHeaders()
  @ApiProblems(...BODY_PROBLEMS, ...COMMAND_PROBLEMS)
  async sendCall(
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
    @Param('cp_id', { schema: cpId }) charger: string,
    @Param('action', { schema: action }) name: string,
    @Query({ schema: callQuery }) query: z.infer<typeof callQuery>,
    @Body({ schema: payload }) body: Record<string, unknown>,
  ): Promise<object> {
    const afterMs = respondAfterMs(request);
    const { commandId, end } = await this.commands.start(genericCall(charger, name, body), {
      ...contextOf(request),
      timeoutMs: query.timeout_s * 1000,
      isAsync: afterMs !== null,
    });
    const started = { commandId, end: end.then(({ result }) => result.payload) };
    return respond(started, { afterMs, response, commands: this.reads });
  }
}
