import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Findings } from '@ocpp-gw/persistence';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import {
  findingsSummary,
  fleetFindingOf,
  fleetFindingPage,
  fleetFindingsQuery,
  summaryOf,
} from './fleet-finding.schema.ts';
import { Group } from './openapi/groups.ts';
import { render } from './render.ts';

/** Vendors and firmwares of a summary. */
const MOST = 100;

/** What is wrong with charge points now, as the gateway found it by itself. */
@Group('conversations')
@RequireScope('read')
@Controller('api/v1/findings')
export class FleetFindingsController {
  constructor(@Inject(Findings) private readonly findings: Findings) {}

  @Get()
  @ApiOperation({
    summary: 'List what is wrong in the fleet',
    description:
      'Lists what the gateway found wrong with charge points whose frames are recorded, and with those that it refuses or that ' +
      'connect over and over. A finding ends when a look no longer shows it. The one that was opened last comes first; the ' +
      'findings of a charge point with all their frames are at GET /api/v1/charge-points/{cp_id}/findings.',
  })
  @ApiResponse({ status: 200, description: 'One page of findings', standardSchema: fleetFindingPage })
  @ApiProblems()
  async listFindings(
    @Query({ schema: fleetFindingsQuery }) query: z.infer<typeof fleetFindingsQuery>,
  ): Promise<z.infer<typeof fleetFindingPage>> {
    const { cp_id: cpId, firmware_version: firmwareVersion, tag: tags, ...filter } = query;
    const { items, nextCursor } = await this.findings.list({ ...filter, cpId, firmwareVersion, tags });
    return render(fleetFindingPage, { items: items.map(fleetFindingOf), nextCursor });
  }

  @Get('summary')
  @ApiOperation({
    summary: 'Get how many charge points have which finding',
    description: 'Counts the open findings by finding, vendor and firmware.',
  })
  @ApiResponse({ status: 200, description: 'The numbers of open findings', standardSchema: findingsSummary })
  @ApiProblems()
  async getFindingsSummary(): Promise<z.infer<typeof findingsSummary>> {
    return render(findingsSummary, summaryOf(await this.findings.summary(MOST)));
  }
}
