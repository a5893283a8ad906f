import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { INTERVALS, TimeSeries } from '@ocpp-gw/clickhouse';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { TransactionReads } from '../reads/transactions.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { render } from './render.ts';
import {
  energySeries,
  meterSeriesQuery,
  meterValueSeries,
  periodOf,
  seriesQuery,
  transactionEnergySeries,
  transactionSeriesQuery,
} from './time-series.schema.ts';
import { transactionId } from './transaction.schema.ts';

@Group('meter values')
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id')
export class TimeSeriesController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(TransactionReads) private readonly transactions: TransactionReads,
    @Inject(TimeSeries) private readonly series: TimeSeries,
  ) {}

  @Get('energy')
  @ApiOperation({
    summary: 'Get the energy of a charge point by time',
    description:
      'Gives what its transactions drew, as it is billed, by quarter of an hour, hour or day. The buckets of a transaction add up to its energy.',
  })
  @ApiResponse({ status: 200, description: 'The energy by time', standardSchema: energySeries })
  @ApiProblems('charge-point-not-found')
  async getEnergy(
    @Query({ schema: seriesQuery }) query: z.infer<typeof seriesQuery>,
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof energySeries>> {
    const { cpId: registered } = await this.chargePoints.find(charger);
    return render(energySeries, { items: await this.series.energy(registered, periodOf(query)) });
  }

  @Get('transactions/:transaction_id/energy')
  @ApiOperation({
    summary: 'Get the energy of a transaction by time',
    description: 'The buckets add up to the energy that is billed. They follow the readings as far as there are any.',
  })
  @ApiResponse({ status: 200, description: 'The energy by time', standardSchema: transactionEnergySeries })
  @ApiProblems('charge-point-not-found', 'transaction-not-found')
  async getTransactionEnergy(
    @Query({ schema: transactionSeriesQuery }) { interval }: z.infer<typeof transactionSeriesQuery>,
    @Param('transaction_id', { schema: transactionId }) id: string,
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof transactionEnergySeries>> {
    const { cpId: registered, transactionId: known, startedAt, endedAt } = await this.transactions.get(charger, id);
    const lengthMs = INTERVALS[interval] * 1000;
    const from = new Date(Math.floor(startedAt.getTime() / lengthMs) * lengthMs);
    const to = new Date((endedAt ?? new Date()).getTime() + lengthMs);
    const items = await this.series.energyOfTransaction(registered, known, { interval, from, to });
    return render(transactionEnergySeries, { items });
  }

  @Get('meter-values/series')
  @ApiOperation({
    summary: 'Get the meter values of a charge point by time',
    description:
      'Gives the lowest, highest, mean and latest value of each measurand by quarter of an hour, hour or day.',
  })
  @ApiResponse({ status: 200, description: 'The values by time', standardSchema: meterValueSeries })
  @ApiProblems('charge-point-not-found')
  async getMeterValueSeries(
    @Query({ schema: meterSeriesQuery }) query: z.infer<typeof meterSeriesQuery>,
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof meterValueSeries>> {
    const { cpId: registered } = await this.chargePoints.find(charger);
    const { measurand, transaction_id: of } = query;
    const items = await this.series.meterValues(registered, periodOf(query), { measurand, transactionId: of });
    return render(meterValueSeries, { items });
  }
}
