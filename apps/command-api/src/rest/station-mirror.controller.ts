import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { StationMirror } from '@ocpp-gw/persistence';
import type { z } from 'zod';
import { RequireScope } from '../auth/scope.guard.ts';
import { cpId } from '../charge-point-id.ts';
import { ChargePointReads } from '../reads/charge-points.ts';
import { ApiProblems } from './api-problems.decorator.ts';
import {
  certificateSigningPage,
  installedCertificatePage,
  renderCertificateSigning,
  renderInstalledCertificate,
} from './certificate.schema.ts';
import { firmwareUpdatePage, logUploadPage, renderFirmwareUpdate, renderLogUpload } from './maintenance.schema.ts';
import { newestQuery, renderWhole } from './page.ts';
import { chargingProfilePage, renderChargingProfile } from './smart-charging.schema.ts';
import {
  availabilityPage,
  configurationPage,
  localList,
  renderAvailability,
  renderConfiguration,
  renderLocalList,
  renderReservation,
  reservationPage,
  reservationQuery,
} from './station-mirror.schema.ts';

/** What a charge point was asked to do and took, as it said last. */
@ApiTags('charge points')
@ApiBearerAuth()
@RequireScope('read')
@Controller('api/v1/charge-points/:cp_id')
export class StationMirrorController {
  constructor(
    @Inject(ChargePointReads) private readonly chargePoints: ChargePointReads,
    @Inject(StationMirror) private readonly mirror: StationMirror,
  ) {}

  @Get('configuration')
  @ApiOperation({
    summary: 'Configuration of a charge point',
    description: 'By key, as last read from it or taken by it. Secrets are never in here.',
  })
  @ApiResponse({ status: 200, description: 'The keys known', standardSchema: configurationPage })
  @ApiProblems('charge-point-not-found')
  async configuration(@Param('cp_id', { schema: cpId }) charger: string): Promise<z.infer<typeof configurationPage>> {
    return renderWhole(await this.mirror.configuration(await this.registered(charger)), renderConfiguration);
  }

  @Get('reservations')
  @ApiOperation({ summary: 'Reservations of a charge point', description: 'What ends last first.' })
  @ApiResponse({ status: 200, description: 'The reservations', standardSchema: reservationPage })
  @ApiProblems('charge-point-not-found')
  async reservations(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: reservationQuery }) { state }: z.infer<typeof reservationQuery>,
  ): Promise<z.infer<typeof reservationPage>> {
    return renderWhole(await this.mirror.reservations(await this.registered(charger), { state }), renderReservation);
  }

  @Get('charging-profiles')
  @ApiOperation({
    summary: 'Charging profiles a charge point has taken',
    description: 'By EVSE, purpose and stack level.',
  })
  @ApiResponse({ status: 200, description: 'The profiles', standardSchema: chargingProfilePage })
  @ApiProblems('charge-point-not-found')
  async chargingProfiles(
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof chargingProfilePage>> {
    return renderWhole(await this.mirror.chargingProfiles(await this.registered(charger)), renderChargingProfile);
  }

  @Get('local-list')
  @ApiOperation({ summary: 'Version of the local authorization list of a charge point' })
  @ApiResponse({ status: 200, description: 'The version', standardSchema: localList })
  @ApiProblems('charge-point-not-found')
  async localList(@Param('cp_id', { schema: cpId }) charger: string): Promise<z.infer<typeof localList>> {
    return renderLocalList(await this.mirror.localList(await this.registered(charger)));
  }

  @Get('availability')
  @ApiOperation({
    summary: 'Availability a charge point was told to have',
    description: 'Of the whole charge point, its EVSEs and connectors. What they are in is in their status.',
  })
  @ApiResponse({ status: 200, description: 'The availabilities', standardSchema: availabilityPage })
  @ApiProblems('charge-point-not-found')
  async availability(@Param('cp_id', { schema: cpId }) charger: string): Promise<z.infer<typeof availabilityPage>> {
    return renderWhole(await this.mirror.availability(await this.registered(charger)), renderAvailability);
  }

  @Get('firmware-updates')
  @ApiOperation({ summary: 'Firmware updates of a charge point', description: 'Newest first.' })
  @ApiResponse({ status: 200, description: 'The updates', standardSchema: firmwareUpdatePage })
  @ApiProblems('charge-point-not-found')
  async firmwareUpdates(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: newestQuery }) { limit }: z.infer<typeof newestQuery>,
  ): Promise<z.infer<typeof firmwareUpdatePage>> {
    return renderWhole(await this.mirror.firmwareUpdates(await this.registered(charger), limit), renderFirmwareUpdate);
  }

  @Get('log-uploads')
  @ApiOperation({ summary: 'Log and diagnostics uploads of a charge point', description: 'Newest first.' })
  @ApiResponse({ status: 200, description: 'The uploads', standardSchema: logUploadPage })
  @ApiProblems('charge-point-not-found')
  async logUploads(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: newestQuery }) { limit }: z.infer<typeof newestQuery>,
  ): Promise<z.infer<typeof logUploadPage>> {
    return renderWhole(await this.mirror.logUploads(await this.registered(charger), limit), renderLogUpload);
  }

  @Get('installed-certificates')
  @ApiOperation({
    summary: 'Certificates installed in a charge point',
    description: 'As last read from it or taken by it.',
  })
  @ApiResponse({ status: 200, description: 'The certificates', standardSchema: installedCertificatePage })
  @ApiProblems('charge-point-not-found')
  async installedCertificates(
    @Param('cp_id', { schema: cpId }) charger: string,
  ): Promise<z.infer<typeof installedCertificatePage>> {
    return renderWhole(
      await this.mirror.installedCertificates(await this.registered(charger)),
      renderInstalledCertificate,
    );
  }

  @Get('certificate-signings')
  @ApiOperation({ summary: 'Certificate signing requests of a charge point', description: 'Newest first.' })
  @ApiResponse({ status: 200, description: 'The requests', standardSchema: certificateSigningPage })
  @ApiProblems('charge-point-not-found')
  async certificateSignings(
    @Param('cp_id', { schema: cpId }) charger: string,
    @Query({ schema: newestQuery }) { limit }: z.infer<typeof newestQuery>,
  ): Promise<z.infer<typeof certificateSigningPage>> {
    return renderWhole(
      await this.mirror.certificateSignings(await this.registered(charger), limit),
      renderCertificateSigning,
    );
  }

  /** @throws ProblemError when there is none. */
  private async registered(charger: string): Promise<string> {
    return (await this.chargePoints.find(charger)).cpId;
  }
}
