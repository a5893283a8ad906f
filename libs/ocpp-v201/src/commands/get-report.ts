import { outbound } from './outbound.ts';
import { reportRequested } from './report-requested.ts';

/** GetReport (OCPP 2.0.1 B08). */
export const getReport = outbound('GetReport', 'GetReport', {
  toCall: ({ ocppRequestId, componentCriteria, componentVariables }, checked) =>
    checked({
      requestId: ocppRequestId,
      componentCriteria: componentCriteria && [...componentCriteria],
      componentVariable: componentVariables && [...componentVariables],
    }),
  mirror: {
    answered: ({ requestId }, answer) => reportRequested('DeviceModel', requestId, answer),
  },
});
