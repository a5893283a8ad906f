import { REPORT_TIMEOUT_S, type ReportRecord, type WholeReportRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { pageOf, timestamp } from './page.ts';

const reportShape = {
  request_id: z.int().describe('ocpp_request_id of the command that asked for it'),
  report: z.enum(['DeviceModel', 'Monitoring', 'ChargingProfiles', 'CustomerInformation', 'DisplayMessages']),
  state: z
    .enum(['collecting', 'complete', 'timed_out'])
    .describe(`timed_out: no part has come for ${REPORT_TIMEOUT_S} s; one that comes after all still counts`),
  parts: z.int().describe('Messages of the charge point that are there'),
  missing_seq_nos: z.array(z.int()).describe('Numbers of the parts that are not there, below the highest that is'),
  requested_at: timestamp.nullable().describe('null: parts have come that nobody was seen to ask for'),
  updated_at: timestamp,
  completed_at: timestamp.nullable(),
};

const report = z.object(reportShape).meta({ id: 'Report' });

export const reportPage = pageOf(report).meta({ id: 'ReportPage' });

export const wholeReport = z
  .object({
    ...reportShape,
    generated_at: timestamp.nullable().describe('By the clock of the charge point; null without any part'),
    items: z
      .array(z.unknown())
      .describe(
        'Of all parts, in the order of their numbers, in the words of OCPP as the charge point sent them: reportData of ' +
          'DeviceModel, monitor of Monitoring, chargingProfile of ChargingProfiles with its evseId and chargingLimitSource, ' +
          'messageInfo of DisplayMessages, and the texts of CustomerInformation',
      ),
  })
  .meta({ id: 'WholeReport' });

export const requestId = z.coerce
  .number()
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31 - 1)
  .describe('ocpp_request_id of the command that asked for the report')
  .meta({ examples: [8123] });

export function renderReport(record: ReportRecord): z.infer<typeof report> {
  return {
    request_id: record.requestId,
    report: record.report,
    state: record.state,
    parts: record.parts,
    missing_seq_nos: record.missingSeqNos,
    requested_at: record.requestedAt?.toISOString() ?? null,
    updated_at: record.updatedAt.toISOString(),
    completed_at: record.completedAt?.toISOString() ?? null,
  };
}

export function renderWholeReport(record: WholeReportRecord): z.infer<typeof wholeReport> {
  return {
    ...renderReport(record),
    generated_at: record.generatedAt?.toISOString() ?? null,
    items: record.items,
  };
}
