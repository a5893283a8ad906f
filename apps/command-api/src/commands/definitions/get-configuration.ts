import { z } from 'zod';
import { defineCommand } from '../define-command.ts';
import { orNull, request } from '../fields.ts';

export const getConfiguration = defineCommand({
  kind: 'GetConfiguration',
  slug: 'get-configuration',
  summary: 'Read configuration keys (1.6 GetConfiguration; 2.0.1 has GetVariables)',
  request: request({
    keys: z
      .array(z.string().min(1).max(50))
      .optional()
      .describe('Absent or empty: all that the charge point has')
      .meta({ examples: [['HeartbeatInterval', 'ConnectionTimeOut']] }),
  }),
  example: { keys: ['HeartbeatInterval', 'ConnectionTimeOut'] },
  answer: {
    configuration: z
      .array(
        z.object({
          key: z.string(),
          value: orNull(z.string()).describe('null where the charge point tells none'),
          readonly: z.boolean(),
        }),
      )
      .default([])
      .describe('What the charge point has of the keys')
      .meta({ examples: [[{ key: 'HeartbeatInterval', value: '300', readonly: false }]] }),
    unknown_keys: z.array(z.string()).default([]).describe('Of the keys that were asked for'),
  },
});
