import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { StatusHistory } from '@ocpp-gw/clickhouse';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { render } from './render.ts';
import { connectorStatusPage, statusHistoryQuery } from './status-history.schema.ts';

@Group('charge points')
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id/status-history')
export class StatusHistoryController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(StatusHistory) private readonly statuses: StatusHistory,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List the statuses that connectors of a charge point have had',
    description: 'The newest status comes first.',
  })
  @ApiResponse({ status: 200, description: 'One page of statuses', standardSchema: connectorStatusPage })
  @ApiProblems('charge-point-not-found')
  async listStatusHistory(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: statusHistoryQuery }) query: z.infer<typeof statusHistoryQuery>,
  ): Promise<z.infer<typeof connectorStatusPage>> {
    const { cpId: registered } = await this.chargePoints.find(charger);
    const { evse_id: evseId, connector_id: connectorId, ...filter } = query;
    const page = await this.statuses.list({ ...filter, cpId: registered, evseId, connectorId });
    return render(connectorStatusPage, page);
  }
}
