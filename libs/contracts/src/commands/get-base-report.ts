import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { reportRequestId } from './shared/fields.ts';

export const getBaseReport = defineCommand({
  kind: 'GetBaseReport',
  job: 'device model',
  summary: 'Ask for a report of the device model (2.0.1 only; 1.6 has GetConfiguration)',
  nearest: 'get-configuration',
  request: z.strictObject({
    ocpp_request_id: reportRequestId,
    report_base: grpcName(
      'ReportBase',
      z
        .enum(['ConfigurationInventory', 'FullInventory', 'SummaryInventory'])
        .describe(
          'Content of the report: ConfigurationInventory has all variables that can be set, FullInventory all variables, ' +
            'SummaryInventory the components and variables that are relevant to the current problems',
        ),
    ),
  }),
  example: { report_base: 'FullInventory' },
  made: 'ocpp_request_id',
});
