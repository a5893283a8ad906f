import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { fileName, location, logPeriod, ocppRequestIdOf201, retries } from './shared/fields.ts';

export const getDiagnostics = defineCommand({
  kind: 'GetDiagnostics',
  job: 'diagnostics',
  summary: 'Make the charge point upload diagnostics (1.6 GetDiagnostics, 2.0.1 GetLog)',
  request: z.strictObject({
    ocpp_request_id: ocppRequestIdOf201,
    location: location
      .describe('URL of the folder to upload to')
      .meta({ examples: ['ftp://files.example.com/diagnostics'] }),
    ...logPeriod,
    ...retries,
  }),
  example: { location: 'ftp://files.example.com/diagnostics', retries: 2, retry_interval: 60 },
  made: 'ocpp_request_id',
  answer: { file_name: fileName },
});
