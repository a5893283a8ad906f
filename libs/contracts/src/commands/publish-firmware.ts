import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { checksum, ocppRequestId, retries, shortLocation } from './shared/fields.ts';

export const publishFirmware = defineCommand({
  kind: 'PublishFirmware',
  job: 'firmware',
  summary:
    'Make a local controller fetch firmware and offer it to its charge points (2.0.1 only; 1.6 has UpdateFirmware for each)',
  nearest: 'update-firmware',
  request: z.strictObject({
    ocpp_request_id: ocppRequestId.optional(),
    location: shortLocation.describe('URL of the image').meta({ examples: ['https://files.example.com/fw-1.3.bin'] }),
    checksum,
    ...retries,
  }),
  example: { location: 'https://files.example.com/fw-1.3.bin', checksum: '9e107d9d372bb6826bd81d3542a419d6' },
  made: 'ocpp_request_id',
});
