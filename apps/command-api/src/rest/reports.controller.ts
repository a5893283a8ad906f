import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Reports } from '@ocpp-gw/persistence';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { ProblemError } from '../problems/problem-error.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { newestQuery } from './page.ts';
import { render } from './render.ts';
import { reportOf, reportPage, requestId, wholeReport } from './report.schema.ts';

/** Reads the reports that 2.0.1 charge points send in several messages. */
@Group('device model')
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id/reports')
export class ReportsController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(Reports) private readonly reports: Reports,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List the reports of a charge point (2.0.1)',
    description: 'The report that was changed last comes first.',
  })
  @ApiResponse({ status: 200, description: 'The reports, without their items', standardSchema: reportPage })
  @ApiProblems('charge-point-not-found')
  async listReports(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: newestQuery }) { limit }: z.infer<typeof newestQuery>,
  ): Promise<z.infer<typeof reportPage>> {
    const { cpId: registered } = await this.chargePoints.find(charger);
    return render(reportPage, { items: (await this.reports.list(registered, limit)).map(reportOf) });
  }

  @Get(':ocpp_request_id')
  @ApiOperation({
    summary: 'Get a report of a charge point (2.0.1)',
    description:
      'Returns the parts that have been received so far. A report is the answer to get-base-report, get-report, ' +
      'get-monitoring-report, get-charging-profiles, customer-information or get-display-messages. If several reports have this ' +
      'requestId, the one that was changed last is returned.',
  })
  @ApiResponse({ status: 200, description: 'The report', standardSchema: wholeReport })
  @ApiProblems('charge-point-not-found', 'report-not-found')
  async getReceivedReport(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Param('ocpp_request_id', { schema: requestId }) id: number,
  ): Promise<z.infer<typeof wholeReport>> {
    const { cpId: registered } = await this.chargePoints.find(charger);
    const report = await this.reports.get(registered, id);
    if (!report) throw new ProblemError('report-not-found');
    return render(wholeReport, reportOf(report));
  }
}
