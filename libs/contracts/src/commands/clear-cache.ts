import { z } from 'zod';
import { defineCommand } from './define-command.ts';

export const clearCache = defineCommand({
  kind: 'ClearCache',
  job: 'authorization',
  summary: 'Clear the authorization cache (1.6 and 2.0.1 ClearCache)',
  request: z.strictObject({}),
  example: {},
});
