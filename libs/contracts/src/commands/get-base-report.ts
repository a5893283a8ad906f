import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { reportRequestId } from './shared/fields.ts';

export const getBaseReport = defineCommand({
  kind: 'GetBaseReport',
  summary: 'Ask for a report of the device model (2.0.1 only; 1.6 has GetConfiguration)',
  nearest: 'get-configuration',
  request: z.strictObject({
    ocpp_request_id: reportRequestId,
    report_base: grpcName(
      'ReportBase',
      z
        .enum(['ConfigurationInventory', 'FullInventory', 'SummaryInventory'])
        .describe('All that can be set, all there is, or what is wrong at the moment'),
    ),
  }),
  example: { report_base: 'FullInventory' },
  made: 'ocpp_request_id',
});
