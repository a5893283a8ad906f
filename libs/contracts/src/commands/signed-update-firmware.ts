import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { ocppRequestId, retries, shortLocation, timestamp } from './shared/fields.ts';

export const signedUpdateFirmware = defineCommand({
  kind: 'SignedUpdateFirmware',
  summary:
    'Have signed firmware fetched and installed (SignedUpdateFirmware of the 1.6 security extension, 2.0.1 UpdateFirmware)',
  request: z.strictObject({
    ocpp_request_id: ocppRequestId.optional(),
    location: shortLocation.describe('Where the image is').meta({ examples: ['https://files.example.com/fw-1.3.bin'] }),
    retrieve_at: timestamp.describe('When to fetch it'),
    install_at: timestamp.optional().describe('When to install it; absent: once it is there'),
    signing_certificate: z.string().min(1).max(5500).describe('Of the maker of the firmware, PEM'),
    signature: z.base64().min(1).max(800).describe('Of the image, base64'),
    ...retries,
  }),
  example: {
    location: 'https://files.example.com/fw-1.3.bin',
    retrieve_at: '2026-01-31T12:00:00Z',
    signing_certificate: '-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n',
    signature: 'MEUCIQD0',
  },
  made: 'ocpp_request_id',
});
