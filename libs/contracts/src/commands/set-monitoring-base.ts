import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';

export const setMonitoringBase = defineCommand({
  kind: 'SetMonitoringBase',
  job: 'device model',
  summary: 'Choose which monitors are active (2.0.1 only; 1.6 has none)',
  request: z.strictObject({
    monitoring_base: grpcName(
      'MonitoringBase',
      z
        .enum(['All', 'FactoryDefault', 'HardWiredOnly'])
        .describe(
          'Monitors that are active: All is every monitor, FactoryDefault those of the factory without any that was set, ' +
            'HardWiredOnly those that cannot be changed',
        ),
    ),
  }),
  example: { monitoring_base: 'All' },
});
