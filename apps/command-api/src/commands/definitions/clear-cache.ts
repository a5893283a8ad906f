import { defineCommand } from '../define-command.ts';
import { request } from '../fields.ts';

export const clearCache = defineCommand({
  kind: 'ClearCache',
  slug: 'clear-cache',
  summary: 'Clear the authorization cache (1.6 and 2.0.1 ClearCache)',
  request: request({}),
  example: {},
});
