import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { ocppRequestId, pem, retries, shortLocation, timestamp } from './shared/fields.ts';

export const signedUpdateFirmware = defineCommand({
  kind: 'SignedUpdateFirmware',
  job: 'firmware',
  summary:
    'Make the charge point fetch and install signed firmware (SignedUpdateFirmware of the 1.6 security extension, 2.0.1 UpdateFirmware)',
  request: z.strictObject({
    ocpp_request_id: ocppRequestId.optional(),
    location: shortLocation.describe('URL of the image').meta({ examples: ['https://files.example.com/fw-1.3.bin'] }),
    retrieve_at: timestamp.describe('When to fetch the image'),
    install_at: timestamp
      .optional()
      .describe('When to install the image; absent means as soon as the charge point has it'),
    signing_certificate: pem(5500).describe('Certificate of the maker of the firmware, PEM'),
    signature: z.base64().min(1).max(800).describe('Signature of the image, base64'),
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
