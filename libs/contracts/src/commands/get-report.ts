import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { componentVariables } from './shared/device-model.ts';
import { reportRequestId } from './shared/fields.ts';

export const getReport = defineCommand({
  kind: 'GetReport',
  job: 'device model',
  summary: 'Ask for a report of a part of the device model (2.0.1 only; 1.6 has GetConfiguration)',
  nearest: 'get-configuration',
  request: z.strictObject({
    ocpp_request_id: reportRequestId,
    component_criteria: z
      .array(grpcName('ComponentCriterion', z.enum(['Active', 'Available', 'Enabled', 'Problem'])))
      .min(1)
      .max(4)
      .optional()
      .describe(
        'Criteria of the components to report, of which a component meets at least one; absent means all components',
      ),
    component_variables: componentVariables,
  }),
  example: { component_criteria: ['Problem'], component_variables: [{ component: { name: 'Connector' } }] },
  made: 'ocpp_request_id',
});
