import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { orNull } from './shared/fields.ts';

export const dataTransfer = defineCommand({
  kind: 'DataTransfer',
  job: 'other messages',
  summary: "Send a vendor's own message (1.6 and 2.0.1 DataTransfer)",
  request: z.strictObject({
    vendor_id: z
      .string()
      .min(1)
      .max(255)
      .describe('Id of the vendor, as the vendor documents it, usually a reversed domain name')
      .meta({ examples: ['com.example'] }),
    message_id: z
      .string()
      .max(50)
      .optional()
      .describe('Kind of the message, as the vendor documents it')
      .meta({ examples: ['SetTariff'] }),
    data: z
      .string()
      .optional()
      .describe('Content of the message, a text of any length')
      .meta({ examples: ['{"price":0.42}'] }),
  }),
  example: { vendor_id: 'com.example', message_id: 'SetTariff', data: '{"price":0.42}' },
  answer: { data: orNull(z.string()).describe('Content of the answer; null when the charge point sends none') },
});
