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
  summary: 'Set monitors of variables (2.0.1 only; 1.6 has none)',
  request: z.strictObject({
    monitors: z
      .array(
        grpcName(
          'MonitorSetting',
          z.strictObject({
            id: monitorId.optional().describe('Replaces the monitor of this id; absent: a new one'),
            transaction: z
              .boolean()
              .optional()
              .describe('Whether it is active during transactions only; false when absent'),
            value: z
              .number()
              .describe('The threshold, the change, or the seconds between two events')
              .meta({ examples: [75] }),
            type: monitorType,
            severity,
            component,
            variable,
          }),
        ),
      )
      .min(1)
      .describe('What to set'),
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
            id: orNull(z.int()).describe('As the charge point gave it; null where it took none'),
            status: answeredStatus('monitor'),
            type: monitorType,
            severity: z.int().describe('0 Danger to 9 Debug'),
            component: answeredComponent,
            variable: answeredVariable,
          }),
        ),
      )
      .default([])
      .describe('One for each that was sent'),
  },
});
