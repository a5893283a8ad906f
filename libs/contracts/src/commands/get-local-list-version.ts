import { z } from 'zod';
import { defineCommand } from './define-command.ts';

export const getLocalListVersion = defineCommand({
  kind: 'GetLocalListVersion',
  summary: 'Ask for the version of the local authorization list (1.6 and 2.0.1 GetLocalListVersion)',
  request: z.strictObject({}),
  example: {},
  answer: {
    version: z
      .int()
      .describe('-1: the charge point keeps no list (1.6); 0: it is empty')
      .meta({ examples: [12] }),
  },
});
