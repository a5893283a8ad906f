import { z } from 'zod';
import { defineCommand } from '../define-command.ts';
import { reportRequestId, request } from '../fields.ts';

export const getBaseReport = defineCommand({
  kind: 'GetBaseReport',
  slug: 'get-base-report',
  summary: 'Ask for a report of the device model (2.0.1 only; 1.6 has GetConfiguration)',
  request: request({
    ocpp_request_id: reportRequestId,
    report_base: z
      .enum(['ConfigurationInventory', 'FullInventory', 'SummaryInventory'])
      .describe('All that can be set, all there is, or what is wrong at the moment'),
  }),
  example: { report_base: 'FullInventory' },
  made: 'ocpp_request_id',
});
