import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { severity } from './shared/device-model.ts';

export const setMonitoringLevel = defineCommand({
  kind: 'SetMonitoringLevel',
  job: 'device model',
  summary: 'Set how severe an event must be for the charge point to report it (2.0.1 only; 1.6 has none)',
  request: z.strictObject({ severity }),
  example: { severity: 5 },
});
