import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { checksum } from './shared/fields.ts';

export const unpublishFirmware = defineCommand({
  kind: 'UnpublishFirmware',
  job: 'firmware',
  summary: 'Make a local controller withdraw the firmware that it offers (2.0.1 only; 1.6 has none)',
  request: z.strictObject({ checksum }),
  example: { checksum: '9e107d9d372bb6826bd81d3542a419d6' },
});
