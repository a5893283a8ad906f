import { z } from 'zod';
import { defineCommand } from '../define-command.ts';
import { answeredAttribute, answeredStatus, attribute } from '../device-model.ts';
import { orNull, request } from '../fields.ts';

export const getVariables = defineCommand({
  kind: 'GetVariables',
  slug: 'get-variables',
  summary: 'Read variables of the device model (2.0.1 only; 1.6 has GetConfiguration)',
  request: request({ variables: z.array(z.strictObject(attribute)).min(1).describe('Which values to read') }),
  example: { variables: [{ component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } }] },
  answer: {
    variables: z
      .array(
        z.object({
          ...answeredAttribute,
          status: answeredStatus('value'),
          attribute_value: orNull(z.string()).describe('null where the charge point tells none'),
        }),
      )
      .default([])
      .describe('One for each that was asked for'),
  },
});
