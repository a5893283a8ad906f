import type { FirmwarePublicationRecord, FirmwareUpdateRecord, LogUploadRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { pageOf, timestamp } from './page.ts';

const status = z.string().nullable().describe('As the charge point said it last; null: nothing yet');

const firmwareUpdate = z
  .object({
    request_id: z.int().nullable().describe('null: it has none (1.6 UpdateFirmware)'),
    signed: z.boolean(),
    location: z.string().nullable().describe('null: told of without having been asked for'),
    retrieve_at: timestamp.nullable(),
    install_at: timestamp.nullable(),
    requested_at: timestamp.nullable(),
    status,
    status_at: timestamp.nullable(),
  })
  .meta({ id: 'FirmwareUpdate' });

export const firmwareUpdatePage = pageOf(firmwareUpdate).meta({ id: 'FirmwareUpdatePage' });

export function renderFirmwareUpdate(record: FirmwareUpdateRecord): z.infer<typeof firmwareUpdate> {
  return {
    request_id: record.requestId,
    signed: record.signed,
    location: record.location,
    retrieve_at: iso(record.retrieveAt),
    install_at: iso(record.installAt),
    requested_at: iso(record.requestedAt),
    status: record.status,
    status_at: iso(record.statusAt),
  };
}

const firmwarePublication = z
  .object({
    request_id: z.int(),
    location: z.string().nullable().describe('null: told of without having been asked for'),
    checksum: z.string().nullable().describe('MD5 of the image, hex'),
    status,
    locations: z.array(z.string()).describe('Where its stations can fetch the image'),
    requested_at: timestamp.nullable(),
    status_at: timestamp.nullable(),
    unpublished_at: timestamp.nullable(),
  })
  .meta({ id: 'FirmwarePublication' });

export const firmwarePublicationPage = pageOf(firmwarePublication).meta({ id: 'FirmwarePublicationPage' });

export function renderFirmwarePublication(record: FirmwarePublicationRecord): z.infer<typeof firmwarePublication> {
  return {
    request_id: record.requestId,
    location: record.location,
    checksum: record.checksum,
    status: record.status,
    locations: record.locations,
    requested_at: iso(record.requestedAt),
    status_at: iso(record.statusAt),
    unpublished_at: iso(record.unpublishedAt),
  };
}

const logUpload = z
  .object({
    log_type: z
      .enum(['Diagnostics', 'DiagnosticsLog', 'SecurityLog', 'Unknown'])
      .describe('Diagnostics: 1.6 GetDiagnostics; Unknown: told of without having been asked for'),
    request_id: z.int().nullable().describe('null: it has none (1.6 GetDiagnostics)'),
    location: z.string().nullable(),
    oldest: timestamp.nullable(),
    latest: timestamp.nullable(),
    file_name: z.string().nullable(),
    requested_at: timestamp.nullable(),
    status,
    status_at: timestamp.nullable(),
  })
  .meta({ id: 'LogUpload' });

export const logUploadPage = pageOf(logUpload).meta({ id: 'LogUploadPage' });

export function renderLogUpload(record: LogUploadRecord): z.infer<typeof logUpload> {
  return {
    log_type: record.logType,
    request_id: record.requestId,
    location: record.location,
    oldest: iso(record.oldest),
    latest: iso(record.latest),
    file_name: record.fileName,
    requested_at: iso(record.requestedAt),
    status: record.status,
    status_at: iso(record.statusAt),
  };
}

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
