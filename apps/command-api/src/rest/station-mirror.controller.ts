import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { StationMirror } from '@ocpp-gw/persistence';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import { Group } from './openapi/groups.ts';
import { certificateSigningPage, installedCertificatePage } from './certificate.schema.ts';
import { firmwareUpdatePage, logUploadPage, withOcppRequestId } from './maintenance.schema.ts';
import { newestQuery } from './page.ts';
import { render } from './render.ts';
import { chargingProfilePage } from './smart-charging.schema.ts';
import {
  availabilityPage,
  configurationPage,
  localList,
  reservationPage,
  reservationQuery,
} from './station-mirror.schema.ts';

/** Reads what charge points were commanded and accepted, in the latest state that they reported. */
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id')
export class StationMirrorController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(StationMirror) private readonly mirror: StationMirror,
  ) {}

  @Get('configuration')
  @Group('configuration')
  @ApiOperation({
    summary: 'List the configuration keys of a charge point',
    description:
      'Lists the keys as they were last read from the charge point or accepted by it, sorted by name. Secrets are not stored.',
  })
  @ApiResponse({ status: 200, description: 'The configuration keys', standardSchema: configurationPage })
  @ApiProblems('charge-point-not-found')
  async listConfiguration(
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof configurationPage>> {
    return render(configurationPage, { items: await this.mirror.configuration(await this.registered(charger)) });
  }

  @Get('reservations')
  @Group('reservations')
  @ApiOperation({
    summary: 'List the reservations of a charge point',
    description: 'The reservation that ends last comes first.',
  })
  @ApiResponse({ status: 200, description: 'The reservations', standardSchema: reservationPage })
  @ApiProblems('charge-point-not-found')
  async listReservations(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: reservationQuery }) { state }: z.infer<typeof reservationQuery>,
  ): Promise<z.infer<typeof reservationPage>> {
    return render(reservationPage, {
      items: await this.mirror.reservations(await this.registered(charger), { state }),
    });
  }

  @Get('charging-profiles')
  @Group('smart charging')
  @ApiOperation({
    summary: 'List the charging profiles that a charge point has accepted',
    description: 'The list is sorted by EVSE, purpose and stack level.',
  })
  @ApiResponse({ status: 200, description: 'The profiles', standardSchema: chargingProfilePage })
  @ApiProblems('charge-point-not-found')
  async listChargingProfiles(
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof chargingProfilePage>> {
    return render(chargingProfilePage, { items: await this.mirror.chargingProfiles(await this.registered(charger)) });
  }

  @Get('local-list')
  @Group('authorization')
  @ApiOperation({ summary: 'Get the version of the local authorization list' })
  @ApiResponse({ status: 200, description: 'The version', standardSchema: localList })
  @ApiProblems('charge-point-not-found')
  async getLocalList(@Param('cp_id', { schema: cpId }) charger: string): Promise<z.infer<typeof localList>> {
    return render(localList, (await this.mirror.localList(await this.registered(charger))) ?? {});
  }

  @Get('availability')
  @Group('availability')
  @ApiOperation({
    summary: 'List the availability that was set for a charge point',
    description:
      'Lists the availability that was set for the charge point, its EVSEs and its connectors. Their current state is in `status` ' +
      'of the connectors.',
  })
  @ApiResponse({ status: 200, description: 'The availabilities', standardSchema: availabilityPage })
  @ApiProblems('charge-point-not-found')
  async listAvailability(@Param('cp_id', { schema: cpId }) charger: string): Promise<z.infer<typeof availabilityPage>> {
    return render(availabilityPage, { items: await this.mirror.availability(await this.registered(charger)) });
  }

  @Get('firmware-updates')
  @Group('firmware')
  @ApiOperation({
    summary: 'List the firmware updates of a charge point',
    description: 'The newest update comes first.',
  })
  @ApiResponse({ status: 200, description: 'The updates', standardSchema: firmwareUpdatePage })
  @ApiProblems('charge-point-not-found')
  async listFirmwareUpdates(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: newestQuery }) { limit }: z.infer<typeof newestQuery>,
  ): Promise<z.infer<typeof firmwareUpdatePage>> {
    return render(firmwareUpdatePage, {
      items: (await this.mirror.firmwareUpdates(await this.registered(charger), limit)).map(withOcppRequestId),
    });
  }

  @Get('log-uploads')
  @Group('diagnostics')
  @ApiOperation({
    summary: 'List the log and diagnostics uploads of a charge point',
    description: 'The newest upload comes first.',
  })
  @ApiResponse({ status: 200, description: 'The uploads', standardSchema: logUploadPage })
  @ApiProblems('charge-point-not-found')
  async listLogUploads(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: newestQuery }) { limit }: z.infer<typeof newestQuery>,
  ): Promise<z.infer<typeof logUploadPage>> {
    return render(logUploadPage, {
      items: (await this.mirror.logUploads(await this.registered(charger), limit)).map(withOcppRequestId),
    });
  }

  @Get('installed-certificates')
  @Group('certificates')
  @ApiOperation({
    summary: 'List the certificates that are installed in a charge point',
    description: 'Lists them as they were last read from the charge point or installed in it.',
  })
  @ApiResponse({ status: 200, description: 'The certificates', standardSchema: installedCertificatePage })
  @ApiProblems('charge-point-not-found')
  async listInstalledCertificates(
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof installedCertificatePage>> {
    return render(installedCertificatePage, {
      items: await this.mirror.installedCertificates(await this.registered(charger)),
    });
  }

  @Get('certificate-signings')
  @Group('certificates')
  @ApiOperation({
    summary: 'List the certificate signing requests of a charge point',
    description: 'The newest request comes first.',
  })
  @ApiResponse({ status: 200, description: 'The requests', standardSchema: certificateSigningPage })
  @ApiProblems('charge-point-not-found')
  async listCertificateSignings(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: newestQuery }) { limit }: z.infer<typeof newestQuery>,
  ): Promise<z.infer<typeof certificateSigningPage>> {
    return render(certificateSigningPage, {
      items: await this.mirror.certificateSignings(await this.registered(charger), limit),
    });
  }

  /** @throws ProblemError when there is none. */
  private async registered(charger: string): Promise<string> {
    return (await this.chargePoints.find(charger)).cpId;
  }
}
