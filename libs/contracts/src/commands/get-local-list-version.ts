import { z } from 'zod';
import { defineCommand } from './define-command.ts';

export const getLocalListVersion = defineCommand({
  kind: 'GetLocalListVersion',
  job: 'authorization',
  summary: 'Ask for the version of the local authorization list (1.6 and 2.0.1 GetLocalListVersion)',
  request: z.strictObject({}),
  example: {},
  answer: {
    version: z
      .int()
      .describe('Version of the list; 0 means that the list is empty, -1 that the charge point keeps none (1.6)')
      .meta({ examples: [12] }),
  },
});
