import { outbound } from './outbound.ts';
import { severityFaults } from './severity.ts';

/** SetMonitoringLevel (OCPP 2.0.1 N05). */
export const setMonitoringLevel = outbound('SetMonitoringLevel', 'SetMonitoringLevel', {
  toCall: ({ severity }, checked) => checked({ severity }, severityFaults(severity, '/severity')),
});
