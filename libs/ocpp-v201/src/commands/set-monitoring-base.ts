import { outbound } from './outbound.ts';

/** SetMonitoringBase (OCPP 2.0.1 N03). What monitors are left is told by the next monitoring report. */
export const setMonitoringBase = outbound('SetMonitoringBase', 'SetMonitoringBase', {
  toCall: ({ monitoringBase }, checked) => checked({ monitoringBase }),
});
