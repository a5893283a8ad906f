import { REPORT_TIMEOUT_S } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { pageOf, timestamp } from './page.ts';

const reportShape = {
  ocpp_request_id: z.int().describe('OCPP requestId of the report: `ocpp_request_id` of the command that requested it'),
  kind: z
    .enum(['DeviceModel', 'Monitoring', 'ChargingProfiles', 'CustomerInformation', 'DisplayMessages'])
    .describe('What the report is about'),
  state: z
    .enum(['collecting', 'complete', 'timed_out'])
    .describe(
      `collecting: parts are still expected; complete: all parts have been received; timed_out: no part was received for ` +
        `${REPORT_TIMEOUT_S} s, and a part that is received later still counts`,
    ),
  parts: z.int().describe('Number of parts, that is messages of the charge point, that have been received'),
  missing_seq_nos: z.array(z.int()).describe('Numbers of the missing parts below the highest number received'),
  requested_at: timestamp
    .nullable()
    .describe('When the charge point accepted the request; null when it sent parts without a known request'),
  updated_at: timestamp.describe('When the report was requested or its latest part was received'),
  completed_at: timestamp.nullable().describe('When the last missing part was received; null before'),
};

const report = z.object(reportShape).meta({ id: 'Report' });

export const reportPage = pageOf(report).meta({ id: 'ReportPage' });

export const wholeReport = z
  .object({
    ...reportShape,
    generated_at: timestamp
      .nullable()
      .describe('When the charge point made the report, by its own clock; null before the first part'),
    items: z
      .array(z.unknown())
      .describe(
        'Items of all parts, in the order of the parts, as the charge point sent them: `reportData` for DeviceModel, `monitor` for ' +
          'Monitoring, `chargingProfile` with its `evseId` and `chargingLimitSource` for ChargingProfiles, `messageInfo` for ' +
          'DisplayMessages, and texts for CustomerInformation',
      ),
  })
  .meta({ id: 'WholeReport' });

export const requestId = z.coerce
  .number()
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1)
  .describe('`ocpp_request_id` of the command that requested the report')
  .meta({ examples: [8123] });

/** The record with the names of the API. */
export function reportOf<Record extends { report: unknown; requestId: unknown }>(
  record: Record,
): Record & { kind: Record['report']; ocppRequestId: Record['requestId'] } {
  return { ...record, kind: record.report, ocppRequestId: record.requestId };
}
