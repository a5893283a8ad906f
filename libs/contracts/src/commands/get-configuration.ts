import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { CONFIGURATION_KEY_LENGTH, orNull } from './shared/fields.ts';

export const getConfiguration = defineCommand({
  kind: 'GetConfiguration',
  job: 'configuration',
  summary: 'Read configuration keys (1.6 GetConfiguration, 2.0.1 GetVariables)',
  request: z.strictObject({
    keys: z
      .array(z.string().min(1).max(CONFIGURATION_KEY_LENGTH))
      .optional()
      .describe(
        'Keys to read. For 1.6, when they are absent or empty all keys of the charge point are read. For 2.0.1, these are keys of ' +
          '1.6 that became variables, or Component.Variable; use get-base-report to read all',
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
            key: z.string().describe('Name of the key'),
            value: orNull(z.string()).describe('Value of the key; null when the charge point sends none'),
            readonly: z.boolean().describe('Whether the key can only be read'),
          }),
        ),
      )
      .default([])
      .describe('Keys that the charge point has, with their values')
      .meta({ examples: [[{ key: 'HeartbeatInterval', value: '300', readonly: false }]] }),
    unknown_keys: z.array(z.string()).default([]).describe('Requested keys that the charge point does not know'),
  },
});
