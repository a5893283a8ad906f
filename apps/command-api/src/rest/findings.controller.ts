import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { findingsOf } from '@ocpp-gw/conversation';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { Conversations } from '../reads/conversations.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { findings, findingsQuery, findingsSource, windowOf } from './finding.schema.ts';
import { Group } from './openapi/groups.ts';
import { render } from './render.ts';

@Group('conversations')
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id/findings')
export class FindingsController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(Conversations) private readonly conversations: Conversations,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Get what is wrong with a charge point',
    description:
      'Names what is wrong in the recorded conversation of the period, with the frames that prove it and what to check first. The kinds are ' +
      'in docs/findings.md. Record the charge point first.',
  })
  @ApiResponse({ status: 200, description: 'The findings', standardSchema: findings })
  @ApiProblems('charge-point-not-found')
  async getFindings(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: findingsQuery }) query: z.infer<typeof findingsQuery>,
  ): Promise<z.infer<typeof findings>> {
    const { cpId: registered } = await this.chargePoints.find(charger);
    const window = windowOf(query);
    const gathered = await this.conversations.of(registered, window);
    return render(findings, findingsSource(registered, window, gathered, findingsOf(gathered.conversation)));
  }
}
