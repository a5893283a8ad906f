import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { DeviceMirror } from '@ocpp-gw/persistence';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { deviceVariablePage, deviceVariableQuery, monitorPage } from './device-model.schema.ts';
import { displayMessagePage, networkProfileOf, networkProfilePage, shownMessageOf } from './device-settings.schema.ts';
import { firmwarePublicationPage, withOcppRequestId } from './maintenance.schema.ts';
import { newestQuery } from './page.ts';
import { render } from './render.ts';
import { chargingLimitPage } from './smart-charging.schema.ts';

/** Reads the latest state that 2.0.1 charge points have reported and that OCPP 1.6 does not have. */
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id')
export class DeviceMirrorController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(DeviceMirror) private readonly mirror: DeviceMirror,
  ) {}

  @Get('variables')
  @Group('device model')
  @ApiOperation({
    summary: 'List the variables of the device model (2.0.1)',
    description:
      'Lists one item for each value of a variable, as it was last read from the charge point or accepted by it, sorted by ' +
      'component and variable. Secrets are not stored. For the settings of OCPP 1.6 see `configuration`.',
  })
  @ApiResponse({ status: 200, description: 'One page of variables', standardSchema: deviceVariablePage })
  @ApiProblems('charge-point-not-found')
  async listVariables(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: deviceVariableQuery }) query: z.infer<typeof deviceVariableQuery>,
  ): Promise<z.infer<typeof deviceVariablePage>> {
    const { evse_id: evseId, ...filter } = query;
    const page = await this.mirror.variables(await this.registered(charger), { ...filter, evseId });
    return render(deviceVariablePage, page);
  }

  @Get('monitors')
  @Group('device model')
  @ApiOperation({ summary: 'List the monitors of a charge point (2.0.1)', description: 'The list is sorted by id.' })
  @ApiResponse({ status: 200, description: 'The monitors', standardSchema: monitorPage })
  @ApiProblems('charge-point-not-found')
  async listMonitors(@Param('cp_id', { schema: cpId }) charger: string): Promise<z.infer<typeof monitorPage>> {
    return render(monitorPage, { items: await this.mirror.monitors(await this.registered(charger)) });
  }

  @Get('display-messages')
  @Group('display')
  @ApiOperation({
    summary: 'List the display messages of a charge point (2.0.1)',
    description: 'The list is sorted by id.',
  })
  @ApiResponse({ status: 200, description: 'The messages', standardSchema: displayMessagePage })
  @ApiProblems('charge-point-not-found')
  async listDisplayMessages(
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof displayMessagePage>> {
    return render(displayMessagePage, {
      items: (await this.mirror.displayMessages(await this.registered(charger))).map(shownMessageOf),
    });
  }

  @Get('network-profiles')
  @Group('configuration')
  @ApiOperation({
    summary: 'List the network profiles that a charge point has accepted (2.0.1)',
    description: 'The list is sorted by slot. Passwords, PINs and keys are not shown.',
  })
  @ApiResponse({ status: 200, description: 'The profiles', standardSchema: networkProfilePage })
  @ApiProblems('charge-point-not-found')
  async listNetworkProfiles(
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof networkProfilePage>> {
    return render(networkProfilePage, {
      items: (await this.mirror.networkProfiles(await this.registered(charger))).map(networkProfileOf),
    });
  }

  @Get('charging-limits')
  @Group('smart charging')
  @ApiOperation({
    summary: 'List the external charging limits of a charge point (2.0.1)',
    description:
      'Lists the limits that are in force and that others than the gateway have set, sorted by EVSE and source.',
  })
  @ApiResponse({ status: 200, description: 'The limits', standardSchema: chargingLimitPage })
  @ApiProblems('charge-point-not-found')
  async listChargingLimits(
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof chargingLimitPage>> {
    return render(chargingLimitPage, { items: await this.mirror.chargingLimits(await this.registered(charger)) });
  }

  @Get('firmware-publications')
  @Group('firmware')
  @ApiOperation({
    summary: 'List the firmware that a local controller offers to its charge points (2.0.1)',
    description: 'The newest publication comes first.',
  })
  @ApiResponse({ status: 200, description: 'The publications', standardSchema: firmwarePublicationPage })
  @ApiProblems('charge-point-not-found')
  async listFirmwarePublications(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: newestQuery }) { limit }: z.infer<typeof newestQuery>,
  ): Promise<z.infer<typeof firmwarePublicationPage>> {
    return render(firmwarePublicationPage, {
      items: (await this.mirror.firmwarePublications(await this.registered(charger), limit)).map(withOcppRequestId),
    });
  }

  /** @throws ProblemError when there is none. */
  private async registered(charger: string): Promise<string> {
    return (await this.chargePoints.find(charger)).cpId;
  }
}
