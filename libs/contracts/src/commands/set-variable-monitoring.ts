import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import {
  answeredComponent,
  answeredStatus,
  answeredVariable,
  component,
  monitorType,
  severity,
  variable,
} from './shared/device-model.ts';
import { monitorId, orNull } from './shared/fields.ts';

export const setVariableMonitoring = defineCommand({
  kind: 'SetVariableMonitoring',
  job: 'device model',
  summary: 'Set monitors of variables (2.0.1 only; 1.6 has none)',
  request: z.strictObject({
    monitors: z
      .array(
        grpcName(
          'MonitorSetting',
          z.strictObject({
            id: monitorId.optional().describe('Id of an existing monitor that is replaced; absent for a new monitor'),
            transaction: z
              .boolean()
              .optional()
              .describe('Whether the monitor is active only during transactions; absent means false'),
            value: z
              .number()
              .describe('The threshold, the change, or the seconds between two events, which are more than 0')
              .meta({ examples: [75] }),
            type: monitorType,
            severity,
            component,
            variable,
          }),
        ),
      )
      .min(1)
      .describe('Monitors to set'),
  }),
  example: {
    monitors: [
      {
        value: 75,
        type: 'UpperThreshold',
        severity: 4,
        component: { name: 'ChargingStation' },
        variable: { name: 'Temperature' },
      },
    ],
  },
  answer: {
    monitors: z
      .array(
        grpcName(
          'MonitorSet',
          z.object({
            id: orNull(z.int()).describe(
              'Id that the charge point gave the monitor; null when it did not set the monitor',
            ),
            status: answeredStatus('monitor'),
            type: monitorType,
            severity: z.int().describe('Severity from 0 (Danger) to 9 (Debug)'),
            component: answeredComponent,
            variable: answeredVariable,
          }),
        ),
      )
      .default([])
      .describe('One item for each that was sent'),
  },
});
