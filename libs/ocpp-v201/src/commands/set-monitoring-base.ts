import { outbound } from './outbound.ts';

/** SetMonitoringBase (OCPP 2.0.1 N03). The next monitoring report shows which monitors are left. */
export const setMonitoringBase = outbound('SetMonitoringBase', 'SetMonitoringBase', {
  toCall: ({ monitoringBase }, checked) => checked({ monitoringBase }),
});
