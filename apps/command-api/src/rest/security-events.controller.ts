import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { SecurityEvents } from '@ocpp-gw/clickhouse';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { render } from './render.ts';
import { securityEventPage, securityEventQuery } from './security-events.schema.ts';

@Group('diagnostics')
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id/security-events')
export class SecurityEventsController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(SecurityEvents) private readonly securityEvents: SecurityEvents,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List the security events of a charge point',
    description: 'The newest event comes first.',
  })
  @ApiResponse({ status: 200, description: 'One page of security events', standardSchema: securityEventPage })
  @ApiProblems('charge-point-not-found')
  async listSecurityEvents(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: securityEventQuery }) query: z.infer<typeof securityEventQuery>,
  ): Promise<z.infer<typeof securityEventPage>> {
    const { cpId: registered } = await this.chargePoints.find(charger);
    const page = await this.securityEvents.list({ ...query, cpId: registered });
    return render(securityEventPage, page);
  }
}
