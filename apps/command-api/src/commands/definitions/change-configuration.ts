import { z } from 'zod';
import { defineCommand } from '../define-command.ts';
import { request } from '../fields.ts';

export const changeConfiguration = defineCommand({
  kind: 'ChangeConfiguration',
  slug: 'change-configuration',
  summary: 'Set a configuration key (1.6 ChangeConfiguration; 2.0.1 has SetVariables)',
  request: request({
    key: z
      .string()
      .min(1)
      .max(50)
      .describe('AuthorizationKey and SecurityProfile also change what the gateway asks of the charge point')
      .meta({ examples: ['MeterValueSampleInterval'] }),
    value: z
      .string()
      .max(500)
      .describe('Numbers and booleans as text too')
      .meta({ examples: ['60'] }),
  }),
  example: { key: 'MeterValueSampleInterval', value: '60' },
});
