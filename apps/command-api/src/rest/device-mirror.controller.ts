import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DeviceMirror } from '@ocpp-gw/persistence';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import {
  deviceVariablePage,
  deviceVariableQuery,
  monitorPage,
  renderDeviceVariable,
  renderMonitor,
} from './device-model.schema.ts';
import {
  displayMessagePage,
  networkProfilePage,
  renderDisplayMessage,
  renderNetworkProfile,
} from './device-settings.schema.ts';
import { firmwarePublicationPage, renderFirmwarePublication } from './maintenance.schema.ts';
import { newestQuery, renderPage, renderWhole } from './page.ts';
import { chargingLimitPage, renderChargingLimit } from './smart-charging.schema.ts';

/** What only 2.0.1 charge points tell of themselves, as they said it last. */
@ApiTags('charge points')
@ApiBearerAuth()
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id')
export class DeviceMirrorController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(DeviceMirror) private readonly mirror: DeviceMirror,
  ) {}

  @Get('variables')
  @ApiOperation({
    summary: 'Device model of a charge point (2.0.1)',
    description:
      'By component and variable, one item for each value of a variable, as last read from the charge point or taken by it. ' +
      'Names filter in any letter case. Secrets are never in here. The settings of 1.6 are in configuration.',
  })
  @ApiResponse({ status: 200, description: 'One page of variables', standardSchema: deviceVariablePage })
  @ApiProblems('charge-point-not-found')
  async variables(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: deviceVariableQuery }) query: z.infer<typeof deviceVariableQuery>,
  ): Promise<z.infer<typeof deviceVariablePage>> {
    const { evse_id: evseId, ...filter } = query;
    const page = await this.mirror.variables(await this.registered(charger), { ...filter, evseId });
    return renderPage(page, renderDeviceVariable);
  }

  @Get('monitors')
  @ApiOperation({ summary: 'Monitors of a charge point (2.0.1)', description: 'By number.' })
  @ApiResponse({ status: 200, description: 'The monitors', standardSchema: monitorPage })
  @ApiProblems('charge-point-not-found')
  async monitors(@Param('cp_id', { schema: cpId }) charger: string): Promise<z.infer<typeof monitorPage>> {
    return renderWhole(await this.mirror.monitors(await this.registered(charger)), renderMonitor);
  }

  @Get('display-messages')
  @ApiOperation({ summary: 'Messages on the display of a charge point (2.0.1)', description: 'By number.' })
  @ApiResponse({ status: 200, description: 'The messages', standardSchema: displayMessagePage })
  @ApiProblems('charge-point-not-found')
  async displayMessages(
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof displayMessagePage>> {
    return renderWhole(await this.mirror.displayMessages(await this.registered(charger)), renderDisplayMessage);
  }

  @Get('network-profiles')
  @ApiOperation({
    summary: 'Network profiles a charge point has taken (2.0.1)',
    description: 'By slot, without passwords, PINs and keys.',
  })
  @ApiResponse({ status: 200, description: 'The profiles', standardSchema: networkProfilePage })
  @ApiProblems('charge-point-not-found')
  async networkProfiles(
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof networkProfilePage>> {
    return renderWhole(await this.mirror.networkProfiles(await this.registered(charger)), renderNetworkProfile);
  }

  @Get('charging-limits')
  @ApiOperation({
    summary: 'Charging limits a charge point has from elsewhere (2.0.1)',
    description: 'Those in force, by EVSE and source.',
  })
  @ApiResponse({ status: 200, description: 'The limits', standardSchema: chargingLimitPage })
  @ApiProblems('charge-point-not-found')
  async chargingLimits(@Param('cp_id', { schema: cpId }) charger: string): Promise<z.infer<typeof chargingLimitPage>> {
    return renderWhole(await this.mirror.chargingLimits(await this.registered(charger)), renderChargingLimit);
  }

  @Get('firmware-publications')
  @ApiOperation({ summary: 'Firmware a local controller offers its stations (2.0.1)', description: 'Newest first.' })
  @ApiResponse({ status: 200, description: 'The publications', standardSchema: firmwarePublicationPage })
  @ApiProblems('charge-point-not-found')
  async firmwarePublications(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: newestQuery }) { limit }: z.infer<typeof newestQuery>,
  ): Promise<z.infer<typeof firmwarePublicationPage>> {
    return renderWhole(
      await this.mirror.firmwarePublications(await this.registered(charger), limit),
      renderFirmwarePublication,
    );
  }

  /** @throws ProblemError when there is none. */
  private async registered(charger: string): Promise<string> {
    return (await this.chargePoints.find(charger)).cpId;
  }
}
