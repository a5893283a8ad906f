import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { answeredStatus } from './shared/device-model.ts';
import { monitorId } from './shared/fields.ts';

export const clearVariableMonitoring = defineCommand({
  kind: 'ClearVariableMonitoring',
  job: 'device model',
  summary: 'Clear monitors of variables (2.0.1 only; 1.6 has none)',
  request: z.strictObject({
    ids: z
      .array(monitorId)
      .min(1)
      .describe('Ids of the monitors, as in the answer to set-variable-monitoring or in a report')
      .meta({ examples: [[12]] }),
  }),
  example: { ids: [12] },
  answer: {
    monitors: z
      .array(
        grpcName(
          'MonitorCleared',
          z.object({ id: z.int().describe('Id of the monitor'), status: answeredStatus('monitor') }),
        ),
      )
      .default([])
      .describe('One item for each that was requested'),
  },
});
