import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ReconnectLoops } from '@ocpp-gw/redis';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { render } from './render.ts';
import { reconnectLoopOf, reconnectLoopPage } from './reconnect-loops.schema.ts';

@Group('charge points')
@RequireScope('read')
@Controller('api/v1/reconnect-loops')
export class ReconnectLoopsController {
  constructor(@Inject(ReconnectLoops) private readonly loops: ReconnectLoops) {}

  @Get()
  @ApiOperation({
    summary: 'List the charge points that connect over and over',
    description:
      'Lists the charge points of the last 15 minutes whose connections do not last. The gateway makes each of them wait between ' +
      'two connections. The latest comes first.',
  })
  @ApiResponse({ status: 200, description: 'All reconnect loops', standardSchema: reconnectLoopPage })
  @ApiProblems('dependency-unavailable')
  async listReconnectLoops(): Promise<z.infer<typeof reconnectLoopPage>> {
    return render(reconnectLoopPage, { items: (await this.loops.list()).map(reconnectLoopOf) });
  }
}
