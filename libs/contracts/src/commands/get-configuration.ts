import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { CONFIGURATION_KEY_LENGTH, orNull } from './shared/fields.ts';

export const getConfiguration = defineCommand({
  kind: 'GetConfiguration',
  summary: 'Read configuration keys (1.6 GetConfiguration, 2.0.1 GetVariables)',
  request: z.strictObject({
    keys: z
      .array(z.string().min(1).max(CONFIGURATION_KEY_LENGTH))
      .optional()
      .describe(
        '1.6: absent or empty for all that the charge point has. 2.0.1: 1.6 keys that became variables, or Component.Variable; ' +
          'for all ask get-base-report',
      )
      .meta({ examples: [['HeartbeatInterval', 'ConnectionTimeOut']] }),
  }),
  example: { keys: ['HeartbeatInterval', 'ConnectionTimeOut'] },
  answer: {
    configuration: z
      .array(
        grpcName(
          'ConfigurationKey',
          z.object({
            key: z.string(),
            value: orNull(z.string()).describe('null where the charge point tells none'),
            readonly: z.boolean(),
          }),
        ),
      )
      .default([])
      .describe('What the charge point has of the keys')
      .meta({ examples: [[{ key: 'HeartbeatInterval', value: '300', readonly: false }]] }),
    unknown_keys: z.array(z.string()).default([]).describe('Of the keys that were asked for'),
  },
});
