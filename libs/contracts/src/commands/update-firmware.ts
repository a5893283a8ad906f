import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { location, ocppRequestIdOf201, retries, timestamp } from './shared/fields.ts';

export const updateFirmware = defineCommand({
  kind: 'UpdateFirmware',
  job: 'firmware',
  summary: 'Make the charge point fetch and install firmware (1.6 and 2.0.1 UpdateFirmware)',
  request: z.strictObject({
    ocpp_request_id: ocppRequestIdOf201,
    location: location.describe('URL of the image').meta({ examples: ['https://files.example.com/fw-1.3.bin'] }),
    retrieve_at: timestamp.describe('When to fetch the image'),
    ...retries,
  }),
  example: { location: 'https://files.example.com/fw-1.3.bin', retrieve_at: '2026-01-31T12:00:00Z' },
  made: 'ocpp_request_id',
});
