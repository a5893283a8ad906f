import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { CONFIGURATION_KEY_LENGTH } from './shared/fields.ts';

export const changeConfiguration = defineCommand({
  kind: 'ChangeConfiguration',
  job: 'configuration',
  summary: 'Set a configuration key (1.6 ChangeConfiguration, 2.0.1 SetVariables)',
  request: z.strictObject({
    key: z
      .string()
      .min(1)
      .max(CONFIGURATION_KEY_LENGTH)
      .describe(
        'Configuration key. For 2.0.1 this is a key of 1.6 that became a variable, or Component.Variable. AuthorizationKey and ' +
          'SecurityProfile also change what the gateway requires of the charge point',
      )
      .meta({ examples: ['MeterValueSampleInterval'] }),
    value: z
      .string()
      .max(1000)
      .describe('New value as text, also of numbers and booleans; at most 500 characters for a 1.6 charge point')
      .meta({ examples: ['60'] }),
  }),
  example: { key: 'MeterValueSampleInterval', value: '60' },
});
