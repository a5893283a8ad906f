import { outbound } from './outbound.ts';
import { reportRequested } from './report-requested.ts';

/** GetMonitoringReport (OCPP 2.0.1 N02). */
export const getMonitoringReport = outbound('GetMonitoringReport', 'GetMonitoringReport', {
  toCall(command, checked) {
    const { ocppRequestId, monitoringCriteria, componentVariables } = command;
    return checked({
      requestId: ocppRequestId,
      monitoringCriteria: monitoringCriteria && [...monitoringCriteria],
      componentVariable: componentVariables && [...componentVariables],
    });
  },
  mirror: {
    answered: ({ requestId }, answer) => reportRequested('Monitoring', requestId, answer),
  },
});
