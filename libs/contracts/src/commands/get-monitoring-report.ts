import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { componentVariables } from './shared/device-model.ts';
import { reportRequestId } from './shared/fields.ts';

export const getMonitoringReport = defineCommand({
  kind: 'GetMonitoringReport',
  job: 'device model',
  summary: 'Ask for a report of the monitors of variables (2.0.1 only; 1.6 has none)',
  request: z.strictObject({
    ocpp_request_id: reportRequestId,
    monitoring_criteria: z
      .array(grpcName('MonitoringCriterion', z.enum(['ThresholdMonitoring', 'DeltaMonitoring', 'PeriodicMonitoring'])))
      .min(1)
      .max(3)
      .optional()
      .describe('Kinds of monitors to report; absent means all kinds'),
    component_variables: componentVariables,
  }),
  example: { monitoring_criteria: ['ThresholdMonitoring'] },
  made: 'ocpp_request_id',
});
