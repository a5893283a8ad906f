import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { answeredAttribute, answeredStatus, attribute } from './shared/device-model.ts';

export const setVariables = defineCommand({
  kind: 'SetVariables',
  job: 'device model',
  summary: 'Set variables of the device model (2.0.1 only; 1.6 has ChangeConfiguration)',
  nearest: 'change-configuration',
  request: z.strictObject({
    variables: z
      .array(
        grpcName(
          'VariableSetting',
          z.strictObject({
            ...attribute,
            attribute_value: z
              .string()
              .max(1000)
              .describe('New value as text, also of numbers and booleans')
              .meta({ examples: ['60'] }),
          }),
        ),
      )
      .min(1)
      .describe(
        'Values to set, each attribute once. SecurityCtrlr.BasicAuthPassword also changes what the gateway requires of the charge point',
      ),
  }),
  example: {
    variables: [
      { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' }, attribute_value: '60' },
    ],
  },
  answer: {
    variables: z
      .array(grpcName('VariableSet', z.object({ ...answeredAttribute, status: answeredStatus('value') })))
      .default([])
      .describe('One item for each that was sent'),
  },
});
