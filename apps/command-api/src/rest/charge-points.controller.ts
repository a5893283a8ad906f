import {
  Body,
  Controller,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import type { z } from 'zod';
import { ChargePointAdmin } from '../admin/charge-points.ts';
import {
  chargePointPatch,
  chargePointSettings,
  type ChargePointPatch,
  type ChargePointSettings,
} from '../admin/settings.ts';
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
import { ApiPreconditions, preconditionOf, tagged } from './etag.ts';
import { render } from './render.ts';
import type { ApiRequest } from './request.ts';

@Group('charge points')
@Controller('api/v1/charge-points')
export class ChargePointsController {
  constructor(
    @Inject(ChargePointReads) private readonly reads: ChargePointReads,
    @Inject(ChargePointAdmin) private readonly admin: ChargePointAdmin,
  ) {}

  @Get()
  @RequireScope('read')
  @ApiOperation({
    summary: 'List charge points',
    description: 'Charge points that are retired are left out, unless `retired` asks for them.',
  })
  @ApiResponse({ status: 200, description: 'One page of charge points', standardSchema: chargePointPage })
  @ApiProblems()
  async listChargePoints(
    @Query({ schema: chargePointQuery }) query: z.infer<typeof chargePointQuery>,
  ): Promise<z.infer<typeof chargePointPage>> {
    const { registration_status: registrationStatus, firmware_version: firmwareVersion, q, tag, ...filter } = query;
    const page = await this.reads.list({ ...filter, registrationStatus, firmwareVersion, text: q, tags: tag });
    return render(chargePointPage, { ...page, items: page.items.map(chargePointOf) });
  }

  @Get(':cp_id')
  @RequireScope('read')
  @ApiOperation({
    summary: 'Get a charge point with its connectors and its connection',
    description: 'Its ETag can be sent in If-None-Match, and in If-Match of a request that changes the charge point.',
  })
  @ApiResponse({ status: 200, description: 'The charge point', standardSchema: chargePointDetail })
  @ApiProblems('charge-point-not-found')
  async getChargePoint(
    @Param('cp_id', { schema: cpId }) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof chargePointDetail>> {
    const found = await this.reads.get(id);
    const body = render(chargePointDetail, { ...chargePointOf(found), connectors: found.connectors });
    return tagged(response, found.record, body);
  }

  @Put(':cp_id')
  @RequireScope('admin')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Create or update a charge point',
    description:
      'Fields that are absent keep their value. A new password takes effect with the next connection. With `If-Match: *` no charge ' +
      'point is created, with `If-None-Match: *` none is updated.',
  })
  @ApiResponse({ status: 200, description: 'The charge point was updated', standardSchema: chargePoint })
  @ApiResponse({ status: 201, description: 'The charge point was created', standardSchema: chargePoint })
  @ApiPreconditions()
  @ApiProblems('precondition-failed', ...BODY_PROBLEMS)
  async upsertChargePoint(
    @Param('cp_id', { schema: newCpId }) id: string,
    @Body({ schema: chargePointSettings }) settings: ChargePointSettings,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof chargePoint>> {
    const done = await this.admin.put(id, settings, preconditionOf(request));
    if (done === 'created') response.status(HttpStatus.CREATED);
    return this.answer(id, response);
  }

  @Patch(':cp_id')
  @RequireScope('admin')
  @ApiOperation({
    summary: 'Change a charge point',
    description: 'Fields and tags that are absent keep their value. A charge point is never created.',
  })
  @ApiResponse({ status: 200, description: 'The charge point was changed', standardSchema: chargePoint })
  @ApiPreconditions()
  @ApiProblems('charge-point-not-found', 'precondition-failed', ...BODY_PROBLEMS)
  async updateChargePoint(
    @Param('cp_id', { schema: cpId }) id: string,
    @Body({ schema: chargePointPatch }) patch: ChargePointPatch,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof chargePoint>> {
    await this.admin.patch(id, patch, preconditionOf(request));
    return this.answer(id, response);
  }

  @Post(':cp_id/retire')
  @RequireScope('admin')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Retire a charge point',
    description:
      'The gateway closes its connection within seconds, refuses it as it refuses unknown ones, and leaves it out of the list. What is ' +
      'known of it is kept and can be read.',
  })
  @ApiResponse({ status: 200, description: 'The charge point, which is retired', standardSchema: chargePoint })
  @ApiPreconditions()
  @ApiProblems('charge-point-not-found', 'precondition-failed')
  async retireChargePoint(
    @Param('cp_id', { schema: cpId }) id: string,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof chargePoint>> {
    await this.admin.retire(id, preconditionOf(request));
    return this.answer(id, response);
  }

  @Post(':cp_id/restore')
  @RequireScope('admin')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Restore a retired charge point', description: 'It may connect again, as before.' })
  @ApiResponse({ status: 200, description: 'The charge point, which is not retired', standardSchema: chargePoint })
  @ApiPreconditions()
  @ApiProblems('charge-point-not-found', 'precondition-failed')
  async restoreChargePoint(
    @Param('cp_id', { schema: cpId }) id: string,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<z.infer<typeof chargePoint>> {
    await this.admin.restore(id, preconditionOf(request));
    return this.answer(id, response);
  }

  private async answer(id: string, response: Response): Promise<z.infer<typeof chargePoint>> {
    const found = await this.reads.get(id);
    return tagged(response, found.record, render(chargePoint, chargePointOf(found)));
  }
}
