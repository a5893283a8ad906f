import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { StationEvents } from '@ocpp-gw/clickhouse';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { render } from './render.ts';
import { stationEventPage, stationEventQuery } from './station-events.schema.ts';

@Group('device model')
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id/station-events')
export class StationEventsController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(StationEvents) private readonly stationEvents: StationEvents,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List the events of the components of a charge point (2.0.1)',
    description: 'Lists the events that monitors of the charge point have reported. The newest event comes first.',
  })
  @ApiResponse({ status: 200, description: 'One page of events', standardSchema: stationEventPage })
  @ApiProblems('charge-point-not-found')
  async listStationEvents(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: stationEventQuery }) query: z.infer<typeof stationEventQuery>,
  ): Promise<z.infer<typeof stationEventPage>> {
    const { evse_id: evseId, ...filter } = query;
    const { cpId: registered } = await this.chargePoints.find(charger);
    const page = await this.stationEvents.list({ ...filter, evseId, cpId: registered });
    return render(stationEventPage, page);
  }
}
