import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { answeredAttribute, answeredStatus, attribute } from './shared/device-model.ts';
import { orNull } from './shared/fields.ts';

export const getVariables = defineCommand({
  kind: 'GetVariables',
  job: 'device model',
  summary: 'Read variables of the device model (2.0.1 only; 1.6 has GetConfiguration)',
  nearest: 'get-configuration',
  request: z.strictObject({
    variables: z
      .array(grpcName('VariableAttribute', z.strictObject(attribute)))
      .min(1)
      .describe('Values to read'),
  }),
  example: { variables: [{ component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } }] },
  answer: {
    variables: z
      .array(
        grpcName(
          'VariableValue',
          z.object({
            ...answeredAttribute,
            status: answeredStatus('value'),
            attribute_value: orNull(z.string()).describe(
              'Value of the variable; null when the charge point sends none',
            ),
          }),
        ),
      )
      .default([])
      .describe('One item for each that was requested'),
  },
});
