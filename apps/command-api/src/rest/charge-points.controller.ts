import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { ChargePointAdmin } from '../admin/charge-points.ts';
import { chargePointSettings, type ChargePointSettings } from '../admin/settings.ts';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId, newCpId } from '../charge-point-id.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { ApiProblems, BODY_PROBLEMS } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import {
  chargePoint,
  chargePointDetail,
  chargePointOf,
  chargePointPage,
  chargePointQuery,
} from './charge-point.schema.ts';
import { render } from './render.ts';

@Group('charge points')
@Controller('api/v1/charge-points')
export class ChargePointsController {
  constructor(
    @Inject(ChargePointReads) private readonly reads: ChargePointReads,
    @Inject(ChargePointAdmin) private readonly admin: ChargePointAdmin,
  ) {}

  @Get()
  @RequireScope('read')
  @ApiOperation({ summary: 'List charge points', description: 'The list is sorted by identity.' })
  @ApiResponse({ status: 200, description: 'One page of charge points', standardSchema: chargePointPage })
  @ApiProblems()
  async listChargePoints(
    @Query({ schema: chargePointQuery }) query: z.infer<typeof chargePointQuery>,
  ): Promise<z.infer<typeof chargePointPage>> {
    const { limit, cursor, protocol, registration_status: registrationStatus } = query;
    const page = await this.reads.list({ limit, cursor, protocol, registrationStatus });
    return render(chargePointPage, { ...page, items: page.items.map(chargePointOf) });
  }

  @Get(':cp_id')
  @RequireScope('read')
  @ApiOperation({ summary: 'Get a charge point with its connectors and its connection' })
  @ApiResponse({ status: 200, description: 'The charge point', standardSchema: chargePointDetail })
  @ApiProblems('charge-point-not-found')
  async getChargePoint(@Param('cp_id', { schema: cpId }) id: string): Promise<z.infer<typeof chargePointDetail>> {
    const found = await this.reads.get(id);
    return render(chargePointDetail, { ...chargePointOf(found), connectors: found.connectors });
  }

  @Put(':cp_id')
  @RequireScope('admin')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Create or update a charge point',
    description: 'Fields that are absent keep their value. A new password takes effect with the next connection.',
  })
  @ApiResponse({ status: 200, description: 'The charge point was updated', standardSchema: chargePoint })
  @ApiResponse({ status: 201, description: 'The charge point was created', standardSchema: chargePoint })
  @ApiProblems(...BODY_PROBLEMS)
  async upsertChargePoint(
    @Param('cp_id', { schema: newCpId }) id: string,
    @Body({ schema: chargePointSettings }) settings: ChargePointSettings,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof chargePoint>> {
    if ((await this.admin.put(id, settings)) === 'created') response.status(HttpStatus.CREATED);
    return render(chargePoint, chargePointOf(await this.reads.get(id)));
  }
}
