import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { fileName, logPeriod, ocppRequestId, retries, shortLocation } from './shared/fields.ts';

export const getLog = defineCommand({
  kind: 'GetLog',
  job: 'diagnostics',
  summary: 'Make the charge point upload a log (GetLog of the 1.6 security extension and of 2.0.1)',
  request: z.strictObject({
    log_type: grpcName('LogType', z.enum(['DiagnosticsLog', 'SecurityLog']).describe('Log to upload')),
    ocpp_request_id: ocppRequestId.optional(),
    location: shortLocation.describe('URL to upload to').meta({ examples: ['https://files.example.com/logs'] }),
    ...logPeriod,
    ...retries,
  }),
  example: { log_type: 'SecurityLog', location: 'https://files.example.com/logs' },
  made: 'ocpp_request_id',
  answer: { file_name: fileName },
});
