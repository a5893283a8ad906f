import { Body, Controller, Delete, HttpCode, HttpStatus, Inject, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ChargePoints } from '@ocpp-gw/persistence';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { ApiProblems, BODY_PROBLEMS } from './api-problems.decorator.ts';
import { recording, recordingRequest } from './message.schema.ts';
import { Group } from './openapi/groups.ts';
import { render } from './render.ts';

const HOUR_MS = 3_600_000;

/** Whether the frames of a charge point are recorded. */
@Group('conversations')
@RequireScope('admin')
@Controller('api/v1/charge-points/:cp_id/recording')
export class RecordingController {
  constructor(
    @Inject(ChargePointReads) private readonly reads: ChargePointReads,
    @Inject(ChargePoints) private readonly chargePoints: ChargePoints,
  ) {}

  @Put()
  @ApiOperation({
    summary: 'Record the frames of a charge point for a time',
    description:
      'Recording begins within seconds, on whatever pod the charge point is, and goes on after restarts. A later request replaces the time.',
  })
  @ApiResponse({ status: 200, description: 'Until when frames are recorded', standardSchema: recording })
  @ApiProblems('charge-point-not-found', ...BODY_PROBLEMS)
  async recordChargePoint(
    // Nest checks the last parameter first, so the path is checked before the body.
    @Body({ schema: recordingRequest }) { hours }: z.infer<typeof recordingRequest>,
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof recording>> {
    return this.set(charger, new Date(Date.now() + hours * HOUR_MS));
  }

  @Delete()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'End the recording of a charge point',
    description: 'It ends within seconds. What was recorded is kept.',
  })
  @ApiResponse({
    status: 200,
    description: 'The charge point, which is not recorded any more',
    standardSchema: recording,
  })
  @ApiProblems('charge-point-not-found')
  async endRecording(@Param('cp_id', { schema: cpId }) charger: string): Promise<z.infer<typeof recording>> {
    return this.set(charger, null);
  }

  private async set(charger: string, recordedUntil: Date | null): Promise<z.infer<typeof recording>> {
    const { cpId: registered } = await this.reads.find(charger);
    await this.chargePoints.update(registered, { recordedUntil });
    return render(recording, { cpId: registered, recordedUntil });
  }
}
