import { defineCommand } from '../define-command.ts';
import { severity } from '../device-model.ts';
import { request } from '../fields.ts';

export const setMonitoringLevel = defineCommand({
  kind: 'SetMonitoringLevel',
  slug: 'set-monitoring-level',
  summary: 'Choose how severe an event must be to be told (2.0.1 only; 1.6 has none)',
  request: request({ severity }),
  example: { severity: 5 },
});
