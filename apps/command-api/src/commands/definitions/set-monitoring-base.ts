import { z } from 'zod';
import { defineCommand } from '../define-command.ts';
import { request } from '../fields.ts';

export const setMonitoringBase = defineCommand({
  kind: 'SetMonitoringBase',
  slug: 'set-monitoring-base',
  summary: 'Choose which monitors are active (2.0.1 only; 1.6 has none)',
  request: request({
    monitoring_base: z
      .enum(['All', 'FactoryDefault', 'HardWiredOnly'])
      .describe('All there are; those of the factory, without any that was set; or those that cannot be set alone'),
  }),
  example: { monitoring_base: 'All' },
});
