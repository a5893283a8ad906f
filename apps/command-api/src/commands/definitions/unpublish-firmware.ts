import { defineCommand } from '../define-command.ts';
import { checksum, request } from '../fields.ts';

export const unpublishFirmware = defineCommand({
  kind: 'UnpublishFirmware',
  slug: 'unpublish-firmware',
  summary: 'Have a local controller offer firmware no longer (2.0.1 only; 1.6 has none)',
  request: request({ checksum }),
  example: { checksum: '9e107d9d372bb6826bd81d3542a419d6' },
});
