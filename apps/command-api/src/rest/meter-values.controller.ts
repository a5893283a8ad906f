import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import { MeterValues } from '@ocpp-gw/clickhouse';
import { RequireScope } from '../auth/scope.guard.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { cpId } from '../charge-point-id.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { meterValuePage, meterValueQuery } from './meter-value.schema.ts';
import { render } from './render.ts';

@Group('meter values')
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id/meter-values')
export class MeterValuesController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(MeterValues) private readonly meterValues: MeterValues,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List the meter values of a charge point',
    description: 'Lists one item for each sampled value. The newest value comes first.',
  })
  @ApiResponse({ status: 200, description: 'One page of meter values', standardSchema: meterValuePage })
  @ApiProblems('charge-point-not-found')
  async listMeterValues(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: meterValueQuery }) query: z.infer<typeof meterValueQuery>,
  ): Promise<z.infer<typeof meterValuePage>> {
    const { cpId: registered } = await this.chargePoints.find(charger);
    const { transaction_id: transactionId, ...filter } = query;
    const page = await this.meterValues.list({ ...filter, cpId: registered, transactionId });
    return render(meterValuePage, page);
  }
}
