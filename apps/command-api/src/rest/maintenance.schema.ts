import { openEnum } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { FIRMWARE_STATUSES, PUBLICATION_STATUSES, UPLOAD_STATUSES } from './known-values.ts';
import { pageOf, timestamp } from './page.ts';

const statusOf = (known: readonly string[]) =>
  openEnum(known)
    .nullable()
    .describe('Latest status as the charge point reported it; null when it has not reported any');

const statusAt = timestamp.nullable().describe('When the latest status was received; null when there is none');

const requestedAt = timestamp
  .nullable()
  .describe('When the charge point accepted the request; null when it reported the status without a request');

const firmwareUpdate = z
  .object({
    ocpp_request_id: z
      .int()
      .nullable()
      .describe('OCPP requestId of the update; null when it has none, as in 1.6 UpdateFirmware'),
    signed: z.boolean().describe('Whether the firmware is signed'),
    location: z
      .string()
      .nullable()
      .describe('URL of the image; null when the charge point reported the update without a request'),
    retrieve_at: timestamp
      .nullable()
      .describe('When the charge point shall fetch the image; null when it reported the update without a request'),
    install_at: timestamp
      .nullable()
      .describe('When the charge point shall install the image; null means as soon as it has the image'),
    requested_at: requestedAt,
    status: statusOf(FIRMWARE_STATUSES),
    status_at: statusAt,
  })
  .meta({ id: 'FirmwareUpdate' });

export const firmwareUpdatePage = pageOf(firmwareUpdate).meta({ id: 'FirmwareUpdatePage' });

const firmwarePublication = z
  .object({
    ocpp_request_id: z.int().describe('OCPP requestId of the publication'),
    location: z
      .string()
      .nullable()
      .describe('URL of the image; null when the local controller reported the publication without a request'),
    checksum: z
      .string()
      .nullable()
      .describe(
        'MD5 of the image, hexadecimal; null when the local controller reported the publication without a request',
      ),
    status: statusOf(PUBLICATION_STATUSES),
    locations: z.array(z.string()).describe('URLs at which the local controller offers the image to its charge points'),
    requested_at: requestedAt,
    status_at: statusAt,
    unpublished_at: timestamp.nullable().describe('When the offer was withdrawn; null while it stands'),
  })
  .meta({ id: 'FirmwarePublication' });

export const firmwarePublicationPage = pageOf(firmwarePublication).meta({ id: 'FirmwarePublicationPage' });

const logUpload = z
  .object({
    log_type: z
      .enum(['Diagnostics', 'DiagnosticsLog', 'SecurityLog', 'Unknown'])
      .describe(
        'What is uploaded. Diagnostics stands for 1.6 GetDiagnostics; Unknown for an upload that was reported without a request',
      ),
    ocpp_request_id: z
      .int()
      .nullable()
      .describe('OCPP requestId of the upload; null when it has none, as in 1.6 GetDiagnostics'),
    location: z
      .string()
      .nullable()
      .describe('URL to upload to; null when the charge point reported the upload without a request'),
    oldest: timestamp.nullable().describe('Time of the oldest entry that was requested; null when there is no limit'),
    latest: timestamp.nullable().describe('Time of the latest entry that was requested; null when there is no limit'),
    file_name: z
      .string()
      .nullable()
      .describe('Name of the file that the charge point uploads; null when it named none'),
    requested_at: requestedAt,
    status: statusOf(UPLOAD_STATUSES),
    status_at: statusAt,
  })
  .meta({ id: 'LogUpload' });

export const logUploadPage = pageOf(logUpload).meta({ id: 'LogUploadPage' });

/** The record with the requestId of OCPP as the API names it: `request_id` is that of REST. */
export function withOcppRequestId<Record extends { requestId: unknown }>(
  record: Record,
): Record & { ocppRequestId: Record['requestId'] } {
  return { ...record, ocppRequestId: record.requestId };
}
